package framewise.server.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import framewise.engine.settings.FieldForm;
import framewise.engine.settings.PromptFields;
import framewise.engine.settings.SettingField;
import framewise.engine.settings.StreamFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The API contract, the manual and the console's types have exactly the fields that the settings
 * declare.
 */
class FieldsAreDeclaredOnceTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));
  private static final Path RESOURCES = ROOT.resolve("server/src/main/resources");
  private static final Path CONSOLE = ROOT.resolve("console/src/main/resources/console");
  private static final JsonNode CONTRACT = contract();

  @Test
  void theContractOfAStart() {
    assertThat(properties("StartRequest")).isEqualTo(names(field -> true, "prompt", "prompts"));
  }

  @Test
  void theContractOfAChange() {
    assertThat(properties("ChangeRequest"))
        .isEqualTo(names(SettingField::changeable, "name", "prompt", "prompts"));
  }

  @Test
  void theContractOfAPrompt() {
    assertThat(properties("NamedPrompt")).isEqualTo(promptNames("name", "prompt"));
  }

  @Test
  void theContractOfASession() {
    JsonNode settings = schema("Session").at("/properties/settings/properties");
    assertThat(keys(settings))
        .isEqualTo(names(field -> field.group().isEmpty(), "prompt", "prompts", "processing"));
    assertThat(properties("Processing"))
        .isEqualTo(names(field -> field.group().isPresent(), "frames_per_clip"));
  }

  @Test
  void theContractOfAWhipQuery() {
    Set<String> query =
        CONTRACT
            .at("/paths/~1whip/post/parameters")
            .valueStream()
            .filter(parameter -> parameter.path("in").asText().equals("query"))
            .map(parameter -> parameter.path("name").asText())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(query)
        .isEqualTo(names(SettingField::live, "keep", "prompt", "prompts", "name", "source"));
  }

  @Test
  void theContractHasTheLimits() {
    for (String request : new String[] {"StartRequest", "ChangeRequest", "NamedPrompt"}) {
      all()
          .filter(field -> schema(request).path("properties").has(field.name()))
          .forEach(
              field ->
                  assertLimits(
                      request + "." + field.name(),
                      resolved(schema(request).path("properties").path(field.name())),
                      field.form()));
    }
  }

  @Test
  void theDocumentationOfStartAndWhipQuery() throws IOException {
    assertThat(rows("docs/api.md", "| field | default | meaning |"))
        .isEqualTo(names(field -> true, "prompt", "prompts"));
    assertThat(Files.readString(ROOT.resolve("docs/whip.md")))
        .contains("except `" + String.join("` and `", names(field -> !field.live())) + "`");
  }

  @Test
  void theTypesInTheConsole() throws IOException {
    assertThat(members("ChangeRequest"))
        .isEqualTo(names(SettingField::changeable, "prompt", "prompts"));
    assertThat(members("StartRequest")).isEqualTo(names(field -> !field.changeable()));
    assertThat(members("NamedPrompt")).isEqualTo(promptNames("name", "prompt"));
    assertThat(members("SessionSettings"))
        .isEqualTo(names(field -> field.group().isEmpty(), "prompt", "prompts", "processing"));
  }

  private static void assertLimits(String where, JsonNode schema, FieldForm<?> form) {
    switch (form) {
      case FieldForm.Characters text when !schema.has("enum") ->
          assertThat(schema.path("maxLength").asInt()).as(where).isEqualTo(text.maxLength());
      case FieldForm.WholeNumber whole -> {
        assertThat(schema.path("minimum").asInt()).as(where).isEqualTo(whole.min());
        assertThat(schema.path("maximum").asInt()).as(where).isEqualTo(whole.max());
      }
      case FieldForm.Choice<?> choice ->
          assertThat(schema.path("enum").valueStream().filter(name -> !name.isNull()))
              .as(where)
              .extracting(JsonNode::asText)
              .containsExactlyElementsOf(choice.names());
      default -> {}
    }
  }

  private static Stream<SettingField<?, ?>> all() {
    return Stream.concat(PromptFields.ALL.stream(), StreamFields.ALL.stream());
  }

  private static Set<String> names(Predicate<SettingField<?, ?>> which, String... more) {
    return Stream.concat(all().filter(which).map(SettingField::name), Arrays.stream(more))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> promptNames(String... more) {
    return Stream.concat(PromptFields.ALL.stream().map(SettingField::name), Arrays.stream(more))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> properties(String schema) {
    return keys(schema(schema).path("properties"));
  }

  private static Set<String> keys(JsonNode object) {
    Set<String> keys = new TreeSet<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static JsonNode schema(String name) {
    return CONTRACT.at("/components/schemas/" + name);
  }

  private static JsonNode resolved(JsonNode schema) {
    JsonNode named = schema.has("$ref") ? schema : schema.at("/allOf/0");
    String reference = named.path("$ref").asText();
    return reference.isEmpty() ? schema : CONTRACT.at(reference.substring(1));
  }

  /** Names in the first column of a table. */
  private static Set<String> rows(String page, String head) throws IOException {
    String table = Files.readString(ROOT.resolve(page)).split(Pattern.quote(head), 2)[1];
    return table
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> members(String type) throws IOException {
    String types = Files.readString(CONSOLE.resolve("contract.d.ts"));
    var body =
        Pattern.compile("interface " + type + "(?: extends \\w+)? \\{\n(.*?)\n}", Pattern.DOTALL)
            .matcher(types);
    assertThat(body.find()).as(type).isTrue();
    return Pattern.compile("(?m)^  (\\w+)\\??:")
        .matcher(body.group(1))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static JsonNode contract() {
    try {
      return new ObjectMapper(new YAMLFactory())
          .readTree(Files.readString(RESOURCES.resolve("api/openapi.yaml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
