package io.gatehouse.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** What the demo tenant sets for its integrations, as a program of its owner does. */
final class BackendAccess {

  /** Its keys are the ones that the peers know. */
  static final String PEERS_KEYS = role("peers");

  /** Its keys are the demo tenant's own, which the management API checks. */
  static final String OWN_KEYS = role("own-keys");

  private BackendAccess() {}

  static String role(String name) {
    return "arn:aws:iam::" + Queues.ACCOUNT + ":role/" + name;
  }

  static void set(Installation installation, Peers peers) throws IOException, InterruptedException {
    putRole(installation, PEERS_KEYS, Peers.ACCESS_KEY_ID, Peers.SECRET_ACCESS_KEY);
    putRole(
        installation,
        OWN_KEYS,
        installation.get("AWS_ACCESS_KEY_ID"),
        installation.get("AWS_SECRET_ACCESS_KEY"));
    put(installation, "endpoints/s3", "{\"url\": \"" + peers.url("s3") + "\"}");
  }

  static void putRole(Installation installation, String role, String accessKeyId, String secret)
      throws IOException, InterruptedException {
    put(
        installation,
        "roles/" + URLEncoder.encode(role, StandardCharsets.UTF_8),
        "{\"accessKeyId\": \"" + accessKeyId + "\", \"secretAccessKey\": \"" + secret + "\"}");
  }

  /** A role without keys that may invoke one function of this installation. */
  static void putPolicy(Installation installation, String role, String functionArn)
      throws IOException, InterruptedException {
    put(
        installation,
        "roles/" + URLEncoder.encode(role, StandardCharsets.UTF_8),
        """
        {"policy": {"Version": "2012-10-17", "Statement":
          [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "FUNCTION"}]}}
        """
            .replace("FUNCTION", functionArn));
  }

  /** In a request signed for the installation's own service. */
  private static void put(Installation installation, String path, String json)
      throws IOException, InterruptedException {
    URI url = URI.create(installation.get("GATEHOUSE_MANAGEMENT_URL") + "/backend-access/" + path);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                s ->
                    s.identity(
                            AwsCredentialsIdentity.create(
                                installation.get("AWS_ACCESS_KEY_ID"),
                                installation.get("AWS_SECRET_ACCESS_KEY")))
                        .request(
                            SdkHttpRequest.builder().method(SdkHttpMethod.PUT).uri(url).build())
                        .payload(ContentStreamProvider.fromUtf8String(json))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "gatehouse")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, installation.get("AWS_REGION")))
            .request();
    HttpRequest.Builder request = HttpRequest.newBuilder(url).PUT(BodyPublishers.ofString(json));
    signed.forEachHeader(
        (name, values) -> {
          if (!name.equalsIgnoreCase("Host")) {
            values.forEach(value -> request.header(name, value));
          }
        });
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200 || answer.body().contains("\"warning\"")) {
      throw new AssertionError("PUT " + url + ": " + answer.statusCode() + " " + answer.body());
    }
  }
}
