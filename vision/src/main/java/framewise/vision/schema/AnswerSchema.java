package framewise.vision.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import framewise.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The JSON Schema of an answer, draft 2020-12 unless it names another. Has no external references
 * and fetches nothing. Used by one thread at a time.
 */
public final class AnswerSchema {
  private static final String META_SCHEMAS = "https://json-schema.org/";
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final JsonNode asked;
  private final Schema schema;
  private Deadline deadline = Deadline.after(TIMEOUT);

  /**
   * The result of a check.
   *
   * @param text the JSON text of an answer that fits
   * @param fault why the answer does not fit; empty when it does
   */
  public record SchemaCheck(String text, String fault) {
    public boolean fits() {
      return fault.isEmpty();
    }
  }

  /**
   * @throws BadSchemaException when it is no JSON Schema, or has an external reference
   */
  public AnswerSchema(JsonNode asked) throws BadSchemaException {
    SchemaRegistry registry = registry();
    this.asked = asked;
    this.schema =
        guarded(
            () -> {
              ExpandedSize.requireSmall(asked);
              Schema read = registry.getSchema(asked);
              read.initializeValidators();
              return read;
            });
  }

  /** Why the schema is unusable, to follow its name; empty when it is usable. */
  public static Optional<String> fault(JsonNode asked) {
    try {
      Optional<String> wrong = guarded(() -> misread(asked));
      if (wrong.isEmpty()) {
        // A schema with endless recursion fails on any value.
        SchemaCheck _ = new AnswerSchema(asked).check("{}");
      }
      return wrong;
    } catch (BadSchemaException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Checks an answer. Text and Markdown around the JSON are ignored, see {@link JsonText}.
   *
   * @throws BadSchemaException when the check is impossible, or takes too long
   */
  public SchemaCheck check(String answer) throws BadSchemaException {
    JsonText found = JsonText.in(answer, asked);
    return found.value().isPresent()
        ? check(found.value().get())
        : new SchemaCheck("", found.fault());
  }

  /**
   * Checks a value.
   *
   * @throws BadSchemaException when the check is impossible, or takes too long
   */
  public SchemaCheck check(JsonNode json) throws BadSchemaException {
    deadline = Deadline.after(TIMEOUT);
    List<Error> errors = guarded(() -> validate(json));
    return errors.isEmpty()
        ? new SchemaCheck(json.toString(), "")
        : new SchemaCheck("", said(errors.getFirst()));
  }

  private List<Error> validate(JsonNode json) {
    var execution =
        new BoundedExecution(schema.createExecutionContext().getExecutionConfig(), deadline);
    schema.validate(execution, json);
    return execution.getErrors();
  }

  private SchemaRegistry registry() {
    var config =
        SchemaRegistryConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(regex -> new BoundedPattern(regex, () -> deadline))
            .build();
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12,
        made ->
            made.schemaRegistryConfig(config)
                .schemaLoader(
                    loads -> loads.allow(iri -> iri.toString().startsWith(META_SCHEMAS))));
  }

  /** Why the schema violates its draft's meta-schema. */
  private static Optional<String> misread(JsonNode asked) {
    String named = asked.path("$schema").asText();
    Optional<SpecificationVersion> draft =
        asked.has("$schema")
            ? SpecificationVersion.fromDialectId(named)
            : Optional.of(SpecificationVersion.DRAFT_2020_12);
    if (draft.isEmpty()) {
      return Optional.of("$schema is \"%s\" but must be a draft of JSON Schema".formatted(named));
    }
    var config = SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
    return SchemaRegistry.withDefaultDialect(draft.get(), made -> made.schemaRegistryConfig(config))
        .getSchema(SchemaLocation.of(draft.get().getDialectId()))
        .validate(asked)
        .stream()
        .findFirst()
        .map(AnswerSchema::said);
  }

  private static String said(Error error) {
    return (error.getInstanceLocation() + " " + error.getMessage()).strip();
  }

  private static <T> T guarded(Supplier<T> work) throws BadSchemaException {
    try {
      return work.get();
    } catch (SchemaException e) {
      throw new BadSchemaException(
          e.getCause() instanceof IOException missing
              ? "its reference %s has no target".formatted(missing.getMessage())
              : String.valueOf(e.getMessage()));
    } catch (StackOverflowError endless) {
      throw new BadSchemaException("it refers to itself endlessly, or is nested too deeply");
    }
  }
}
