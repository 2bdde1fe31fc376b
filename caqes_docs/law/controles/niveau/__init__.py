"""Checks on levels of realisation: what the contract weighs, and what the year lacks of it."""
