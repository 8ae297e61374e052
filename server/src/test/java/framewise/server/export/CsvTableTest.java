package framewise.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", "\\r=1"})
  void noCellIsAFormula(String answer) throws IOException {
    String cell = onlyRow(answer).get("result");
    assertThat(cell).startsWith("'");
  }

  @Test
  void wordsComeBackAsTheyWere() throws IOException {
    CSVRecord row = onlyRow("He said \\\"42\\\", twice,\\nöäü");
    assertThat(row.get("result")).isEqualTo("He said \"42\", twice,\nöäü");
    assertThat(row.get("prompt")).isEqualTo("'@who");
    assertThat(row.get("start_seconds")).isEqualTo("1.5");
    assertThat(row.get("ok")).isEqualTo("true");
    assertThat(row.get("error_code")).isEmpty();
  }

  @Test
  void failureHasItsReason() throws IOException {
    CSVRecord row =
        parse(Results.write(Export.CSV.format(), List.of(Results.failed(1, 0, 1)))).getFirst();
    assertThat(row.get("ok")).isEqualTo("false");
    assertThat(row.get("error_code")).isEqualTo("timeout");
    assertThat(row.get("error_message")).isEqualTo("'=slow");
  }

  private static CSVRecord onlyRow(String jsonText) throws IOException {
    return parse(Results.write(Export.CSV.format(), List.of(Results.answered(1, 1.5, 2, jsonText))))
        .getFirst();
  }

  private static List<CSVRecord> parse(String table) throws IOException {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(table))
        .getRecords();
  }
}
