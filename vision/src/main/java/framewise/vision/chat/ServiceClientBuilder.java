package framewise.vision.chat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import framewise.time.WallClock;
import framewise.vision.chat.wire.BaseUrl;
import framewise.vision.chat.wire.ServiceClient;
import java.time.Duration;
import java.util.Optional;

/** Builds a {@link ServiceClient} with the time-outs that LangChain4j's models set. */
final class ServiceClientBuilder implements HttpClientBuilder {
  private final boolean bearer;
  private final Optional<BaseUrl> base;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private Duration readTimeout = Duration.ofSeconds(30);

  /**
   * @param bearer whether the key is always sent as {@code Authorization: Bearer}
   * @param base the address whose query is appended to every request
   */
  ServiceClientBuilder(boolean bearer, Optional<BaseUrl> base) {
    this.bearer = bearer;
    this.base = base;
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

  /** HTTP/1.1: some local servers fail on an upgrade to HTTP/2. */
  @Override
  public HttpClient build() {
    return new ServiceClient(
        java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(connectTimeout)
            .build(),
        readTimeout,
        bearer,
        base,
        WallClock.system());
  }
}
