package io.gatehouse.runtime.functions;

import io.gatehouse.model.seal.Seal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Archives out of the control plane's store. A node shows that it holds the node key. */
public final class ControlPlaneCode implements CodeSource {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofSeconds(60);

  private final URI management;
  private final Optional<Seal> nodeKey;
  private final SecureRandom random;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public ControlPlaneCode(
      String managementUrl, Optional<Seal> nodeKey, SecureRandom random, InstantSource clock) {
    this.management = URI.create(managementUrl);
    this.nodeKey = nodeKey;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public void fetch(String account, String sha256, Path into)
      throws IOException, InterruptedException {
    if (nodeKey.isEmpty()) {
      throw new IOException("GATEHOUSE_NODE_KEY is not set, and without it no code is given out");
    }
    String seconds = Long.toString(clock.millis() / 1000);
    HttpRequest request =
        HttpRequest.newBuilder(
                management.resolve("/internal/functions/code/" + account + "/" + sha256))
            .timeout(WHOLE)
            .header(
                "x-gatehouse-node",
                nodeKey.get().close("function-code " + account + " " + sha256, seconds, random))
            .build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(
            "the control plane (GATEHOUSE_MANAGEMENT_URL) answers "
                + response.statusCode()
                + " when asked for the code "
                + sha256);
      }
      try (OutputStream out = Files.newOutputStream(into)) {
        copy(in, out);
      }
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] some = new byte[64 << 10];
    long all = 0;
    for (int n = in.read(some); n >= 0; n = in.read(some)) {
      all += n;
      if (all > MOST_PACKED_BYTES) {
        throw new IOException("the archive is larger than 50 MB");
      }
      out.write(some, 0, n);
    }
  }
}
