import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Validates each PDF given as argument against PDF/A-3a and PDF/UA-1, in one JVM.
 *
 * <p>One JSON line per file and profile: {file, profile, compliant, failures:[{clause, test, message,
 * count}]}, or {file, profile, compliant:false, error} when the file could not be judged. The exit
 * code is 0 as soon as every file was looked at: the verdict is in the lines.
 */
public final class JugeVeraPdf {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, PDFAFlavour> PROFILES = new LinkedHashMap<>();

    static {
        PROFILES.put("PDF/A-3a", PDFAFlavour.PDFA_3_A);
        PROFILES.put("PDF/UA-1", PDFAFlavour.PDFUA_1);
    }

    private JugeVeraPdf() {}

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        // Only our JSON may reach the standard output: the libraries write wherever they like.
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        for (String file : files) {
            for (Map.Entry<String, PDFAFlavour> profile : PROFILES.entrySet()) {
                out.println(JSON.writeValueAsString(verdict(file, profile.getKey(), profile.getValue())));
            }
        }
    }

    private static Map<String, Object> verdict(String file, String profile, PDFAFlavour flavour) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file", file);
        line.put("profile", profile);
        try {
            ValidationResult result = validate(file, flavour);
            line.put("compliant", result.isCompliant());
            line.put("failures", failures(result));
        } catch (Exception | LinkageError | StackOverflowError fault) {
            line.put("compliant", false);
            line.put("error", String.valueOf(fault));
        }
        return line;
    }

    private static ValidationResult validate(String file, PDFAFlavour flavour) throws Exception {
        try (FileInputStream stream = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            return validator.validate(parser);
        }
    }

    private static List<Map<String, Object>> failures(ValidationResult result) {
        Map<RuleId, Integer> counts = result.getFailedChecks();
        Map<RuleId, Map<String, Object>> byRule = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                byRule.computeIfAbsent(assertion.getRuleId(), rule -> failure(assertion, counts));
            }
        }
        return new ArrayList<>(byRule.values());
    }

    private static Map<String, Object> failure(TestAssertion assertion, Map<RuleId, Integer> counts) {
        RuleId rule = assertion.getRuleId();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("clause", rule.getClause());
        line.put("test", rule.getTestNumber());
        line.put("message", assertion.getMessage());
        line.put("count", counts.getOrDefault(rule, 1));
        return line;
    }
}
