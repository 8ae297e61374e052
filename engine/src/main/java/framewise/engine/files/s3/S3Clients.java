package framewise.engine.files.s3;

import framewise.engine.files.S3Address;
import framewise.engine.files.S3Credentials;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the SDK's client for an address. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Socket timeout: maximum time without data from a store that has accepted a call. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private S3Clients() {}

  static S3Client of(S3Address address, Optional<S3Credentials> credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .credentialsProvider(
                credentials.map(S3Clients::known).orElseGet(S3Clients::defaultCredentials))
            .region(region(address))
            .forcePathStyle(address.pathStyle())
            // Many self-hosted stores don't support the SDK's default, checksums in trailers.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
            .overrideConfiguration(
                all ->
                    all.retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .addExecutionInterceptor(new AnswerLimit()));
    address.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider known(S3Credentials keys) {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(keys.id(), keys.secret().reveal()));
  }

  private static AwsCredentialsProvider defaultCredentials() {
    return DefaultCredentialsProvider.builder().build();
  }

  /** Self-hosted stores accept any region. */
  private static Region region(S3Address address) {
    return address
        .region()
        .map(Region::of)
        .orElseGet(
            () -> {
              try {
                return DefaultAwsRegionProviderChain.builder().build().getRegion();
              } catch (SdkClientException unknown) {
                return Region.US_EAST_1;
              }
            });
  }
}
