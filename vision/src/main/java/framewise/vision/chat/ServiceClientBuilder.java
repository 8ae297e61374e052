package framewise.vision.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import java.time.InstantSource;

/** Makes a {@link ServiceClient}, with the time-outs that LangChain4j's models set. */
final class ServiceClientBuilder implements HttpClientBuilder {
  private final boolean bearer;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration readTimeout = Duration.ofSeconds(30);

  /**
   * @param bearer the key is sent as {@code Authorization: Bearer}, whatever LangChain4j makes of
   *     it
   */
  ServiceClientBuilder(boolean bearer) {
    this.bearer = bearer;
  }

  @Override
  public Duration connectTimeout() {
    return connectTimeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration timeout) {
    connectTimeout = timeout;
    return this;
  }

  @Override
  public Duration readTimeout() {
    return readTimeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration timeout) {
    readTimeout = timeout;
    return this;
  }

  /** HTTP/1.1: some local servers stumble over the offer of HTTP/2. */
  @Override
  public HttpClient build() {
    return new ServiceClient(
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build(),
        readTimeout,
        bearer,
        InstantSource.system());
  }
}
