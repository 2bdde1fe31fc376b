"""Levels of realisation: what is weighed, and how it adds up."""
