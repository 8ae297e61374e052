package framewise.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.result.LoggedEvent;
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
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\\t=1",
        "\\r=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "﹣1",
        "−1",
        "  =1",
        "\\u00a0=1",
        "\\u200b=1",
        "\\u3000＝1",
        "\\ufeff=1"
      })
  void cellsAreNeverFormulas(String answer) throws IOException {
    String cell = onlyRow(answer).get("result");
    assertThat(cell).startsWith("'");
  }

  @Test
  void textsRoundTrip() throws IOException {
    CSVRecord row = onlyRow("He said \\\"42\\\", twice,\\nöäü");
    assertThat(row.get("result")).isEqualTo("He said \"42\", twice,\nöäü");
    assertThat(row.get("prompt")).isEqualTo("'@who");
    assertThat(row.get("start_seconds")).isEqualTo("1.5");
    assertThat(row.get("ok")).isEqualTo("true");
    assertThat(row.get("error_code")).isEmpty();
  }

  @Test
  void failuresHaveTheirReason() throws IOException {
    CSVRecord row =
        parse(Results.write(Export.CSV.format(), List.of(Results.failed(1, 0, 1)))).getFirst();
    assertThat(row.get("ok")).isEqualTo("false");
    assertThat(row.get("error_code")).isEqualTo("timeout");
    assertThat(row.get("error_message")).isEqualTo("'=slow");
  }

  @Test
  void newerColumnsAreAtTheEnd() throws IOException {
    assertThat(Results.write(Export.CSV.format(), List.of()))
        .isEqualTo(
            "seq,run,at,start_seconds,end_seconds,frames,prompt,backend,model,ok,result,error_code,error_message,finish_reason,inference_latency_ms,total_latency_ms,name,input_tokens,output_tokens,cost_usd\r\n");
  }

  @Test
  void hasNameTokensAndCost() throws IOException {
    LoggedEvent named = Results.named("=signs", 1, 0, "EXIT");
    String usage = ",\"usage\":{\"input_tokens\":812,\"output_tokens\":9},\"cost_usd\":0.0000025}";
    LoggedEvent paid = new LoggedEvent(1, 1, "result", named.json().replaceFirst("}$", usage));
    CSVRecord row = parse(Results.write(Export.CSV.format(), List.of(paid))).getFirst();
    assertThat(row.get("name")).isEqualTo("'=signs");
    assertThat(row.get("input_tokens")).isEqualTo("812");
    assertThat(row.get("output_tokens")).isEqualTo("9");
    assertThat(row.get("cost_usd")).isEqualTo("0.0000025");

    CSVRecord unknown = onlyRow("x");
    assertThat(unknown.get("name")).isEmpty();
    assertThat(unknown.get("input_tokens")).isEmpty();
    assertThat(unknown.get("output_tokens")).isEmpty();
    assertThat(unknown.get("cost_usd")).isEmpty();
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
