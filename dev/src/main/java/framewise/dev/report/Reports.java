package framewise.dev.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Parses the {@code TEST-*.xml} files of every module. */
final class Reports {
  private static final int REASON_LENGTH = 160;

  private Reports() {}

  /**
   * The tests of every report under {@code MODULE/target/surefire-reports}.
   *
   * @throws IOException when a report cannot be read, for example after a test JVM crashed
   */
  static List<TestOutcome> read(Path root) throws IOException {
    List<TestOutcome> tests = new ArrayList<>();
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path module : modules) {
        Path folder = module.resolve("target").resolve("surefire-reports");
        if (Files.isDirectory(folder)) {
          try (DirectoryStream<Path> reports = Files.newDirectoryStream(folder, "TEST-*.xml")) {
            for (Path report : reports) {
              readReport(report, tests);
            }
          }
        }
      }
    }
    return tests;
  }

  private static void readReport(Path report, List<TestOutcome> tests) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream in = Files.newInputStream(report)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("testcase")) {
          tests.add(testCase(xml));
        }
      }
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("The report %s is incomplete: %s".formatted(report, e.getMessage()), e);
    }
  }

  private static TestOutcome testCase(XMLStreamReader xml) throws XMLStreamException {
    String testClass = attribute(xml, "classname");
    String method = attribute(xml, "name");
    double seconds = seconds(attribute(xml, "time"));
    TestOutcome.Status status = TestOutcome.Status.PASSED;
    String reason = "";
    while (true) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("testcase")) {
        return new TestOutcome(testClass, method, seconds, status, reason);
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        Optional<TestOutcome.Status> found = status(xml.getLocalName());
        if (found.isPresent()) {
          status = found.get();
          String message = attribute(xml, "message");
          // For a failed assumption, Surefire reports the stack trace only.
          boolean withoutReason = message.isEmpty() && status == TestOutcome.Status.SKIPPED;
          reason = oneLine(withoutReason ? firstLine(xml.getElementText()) : message);
        }
      }
    }
  }

  private static Optional<TestOutcome.Status> status(String element) {
    return switch (element) {
      case "failure", "error" -> Optional.of(TestOutcome.Status.FAILED);
      case "flakyFailure", "flakyError" -> Optional.of(TestOutcome.Status.PASSED_AGAIN);
      case "skipped" -> Optional.of(TestOutcome.Status.SKIPPED);
      default -> Optional.empty();
    };
  }

  private static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private static double seconds(String time) {
    try {
      // Surefire groups thousands: "1,034.5".
      return Double.parseDouble(time.replace(",", ""));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * The exception's message, from the first line of its stack trace: the text after the type. For
   * reports without a message of their own.
   */
  private static String firstLine(String trace) {
    String line = trace.strip().lines().findFirst().orElse("");
    return line.replaceFirst("^[\\w.$]+(?:Exception|Error): (?:Assumption failed: )?", "");
  }

  private static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= REASON_LENGTH ? line : line.substring(0, REASON_LENGTH - 1) + "…";
  }
}
