package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;

/** Kills processes for real. Last of all, and one story: each act leaves the next one its ruins. */
@ExtendWith(Installation.Shared.class)
@Order(9)
class OutageIT {

  private final Installation installation;

  OutageIT(Installation installation) {
    this.installation = installation;
  }

  private void assertServes(PetStore pets, String node) throws Exception {
    for (int i = 0; i < 20; i++) {
      assertEquals(
          200,
          installation
              .call(node, pets.apiId(), PetStore.STAGE, "/pets", "x-api-key", pets.key())
              .statusCode());
      assertEquals(
          200, installation.call(node, pets.apiId(), PetStore.STAGE, "/pets/1").statusCode());
      assertEquals(
          403, installation.call(node, pets.apiId(), PetStore.STAGE, "/pets").statusCode());
    }
  }

  /**
   * An API before a function, whose code every node has fetched once.
   *
   * @return its id; empty where there is no Node.js to run the function
   */
  private Optional<String> publishAFunction() throws Exception {
    if (!Peers.onPath("node")) {
      return Optional.empty();
    }
    String function = "outage";
    SdkBytes code = FunctionCode.of("nodejs");
    String arn =
        installation
            .lambda()
            .createFunction(
                r ->
                    r.functionName(function)
                        .runtime("nodejs20.x")
                        .handler("index.handler")
                        .role(BackendAccess.role("functions"))
                        .code(c -> c.zipFile(code)))
            .functionArn();
    String uri =
        "arn:aws:apigateway:"
            + installation.get("AWS_REGION")
            + ":lambda:path/2015-03-31/functions/"
            + arn
            + "/invocations";
    String document;
    try (var in = OutageIT.class.getResourceAsStream("/integrations/function.yaml")) {
      document =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("KIND", function)
              .replace("URI", uri);
    }
    var apis = installation.apiGateway();
    String apiId = apis.importRestApi(r -> r.body(SdkBytes.fromUtf8String(document))).id();
    installation
        .lambda()
        .addPermission(
            r ->
                r.functionName(function)
                    .statementId("any-api")
                    .action("lambda:InvokeFunction")
                    .principal("apigateway.amazonaws.com"));
    apis.createDeployment(r -> r.restApiId(apiId).stageName(PetStore.STAGE));
    for (String node : installation.nodes()) {
      assertRuns(Optional.of(apiId), node);
    }
    return Optional.of(apiId);
  }

  private void assertRuns(Optional<String> function, String node) throws Exception {
    if (function.isPresent()) {
      HttpResponse<String> answer =
          installation.send(
              "POST", node, function.get(), PetStore.STAGE, "/proxy/outage", "{\"who\": \"Jo\"}");
      assertEquals(201, answer.statusCode(), answer.body());
    }
  }

  @Test
  void theNodesServeOnWhenEverythingElseIsDead() throws Exception {
    PetStore pets = PetStore.publish(installation, installation.apiGateway());
    Optional<String> function = publishAFunction();
    String one = installation.nodes().get(0);
    String two = installation.nodes().get(1);

    // The embedded database lives in the control plane's process and dies with it.
    installation.kill("control");
    installation.kill("keycloak");
    assertServes(pets, one);
    assertServes(pets, two);
    assertRuns(function, one);
    assertRuns(function, two);

    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger served = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    Thread customer = Thread.ofPlatform().start(() -> callUntil(stop, two, pets, served, failed));
    installation.kill("node-1");
    assertServes(pets, two);
    damageOneSnapshot("node-1");
    installation.scripts.succeed("start", "--only", "node-1");
    assertServes(pets, one);
    assertRuns(function, one);
    stop.set(true);
    customer.join();
    assertEquals(0, failed.get(), "node-2 failed requests while node-1 died and came back");
    assertTrue(served.get() > 100, "served " + served);

    // Both nodes gone, and one comes back alone: only its own disk is left to tell it anything.
    installation.kill("node-1");
    installation.kill("node-2");
    installation.scripts.succeed("start", "--only", "node-2");
    assertServes(pets, two);
    assertRuns(function, two);

    installation.scripts.succeed("start", "--detach");
    PetStore after = PetStore.publish(installation, installation.apiGateway());
    for (String node : installation.nodes()) {
      assertServes(after, node);
      assertServes(pets, node);
    }
  }

  private void callUntil(
      AtomicBoolean stop, String node, PetStore pets, AtomicInteger served, AtomicInteger failed) {
    while (!stop.get()) {
      try {
        int status = installation.call(node, pets.apiId(), PetStore.STAGE, "/pets/1").statusCode();
        (status == 200 ? served : failed).incrementAndGet();
      } catch (Exception e) {
        failed.incrementAndGet();
      }
    }
  }

  /** A file that a dying disk has cut in half; the cluster gives the node a whole one again. */
  private void damageOneSnapshot(String node) throws Exception {
    Path directory = installation.home.resolve("data").resolve(node).resolve("snapshots");
    try (var files = Files.list(directory)) {
      Path file = files.filter(f -> f.toString().endsWith(".snapshot")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      assertFalse(bytes.length < 20);
    }
  }
}
