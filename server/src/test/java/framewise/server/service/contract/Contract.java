package framewise.server.service.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.net.http.HttpResponse;

/** Checks real responses against one of the service's API contracts. */
public final class Contract {
  private final OpenAPI document;
  private final String base;
  private final OpenApiInteractionValidator validator;

  /**
   * Loads a contract.
   *
   * @param file in the folder {@code api}
   * @param base prefix of each of its paths
   */
  public Contract(String file, String base) {
    var options = new ParseOptions();
    options.setResolve(true);
    var parsed = new OpenAPIV3Parser().readLocation("api/" + file, null, options);
    assertThat(parsed.getMessages()).isEmpty();
    this.document = parsed.getOpenAPI();
    this.base = base;
    this.validator =
        OpenApiInteractionValidator.createFor(document)
            .withLevelResolver(
                LevelResolver.create()
                    .withLevel(
                        "validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                    .build())
            .build();
  }

  public OpenAPI document() {
    return document;
  }

  /** Checks that the contract allows this response to a call. */
  public void fits(Request.Method method, String path, HttpResponse<String> response) {
    var builder = SimpleResponse.Builder.status(response.statusCode());
    response.headers().map().forEach((name, values) -> builder.withHeader(name, values));
    if (!response.body().isEmpty()) {
      builder.withBody(response.body());
    }
    ValidationReport report = validator.validateResponse(base + path, method, builder.build());
    assertThat(report.getMessages())
        .as("%s %s %d %s", method, path, response.statusCode(), response.body())
        .isEmpty();
  }
}
