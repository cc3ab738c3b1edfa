package io.gatehouse.runtime.functions;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.FunctionAlias;
import io.gatehouse.model.snapshot.FunctionVersion;
import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.GatewayException;
import io.vertx.core.Vertx;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A function host with functions made by a test; their archives come from memory. */
final class TestHost implements AutoCloseable {

  static final String ACCOUNT = "123456789012";
  static final Seal NODE_KEY = new Seal(new byte[Seal.KEY_BYTES]);
  private static final int PATIENCE_SECONDS = 60;

  final LiveSnapshots live = new LiveSnapshots();
  final Map<String, byte[]> archives = new ConcurrentHashMap<>();
  final AtomicInteger fetched = new AtomicInteger();
  final FunctionMeters meters = FunctionMeters.with(nanos -> {});
  final FunctionHost host;
  private final Vertx vertx = Vertx.vertx();

  /** What may differ from test to test. */
  static final class Options {
    final Map<String, String> settings =
        new HashMap<>(Map.of("GATEHOUSE_FUNCTIONS_UIDS", "61000-61099"));
    double drawn;
    InstantSource clock = InstantSource.system();
    long mostInitNanos = FunctionHost.INIT_NANOS;
    Timer timer = (millis, work) -> {};

    Options set(String name, String value) {
      settings.put(name, value);
      return this;
    }
  }

  TestHost(Path folder, Options options) throws IOException {
    AtomicInteger ids = new AtomicInteger();
    host =
        new FunctionHost(
            new FunctionHost.Parts(
                new FunctionSettings(false, Set.of(ACCOUNT), folder, "http://127.0.0.1:1"),
                HostSettings.fromEnvironment(options.settings, 8192),
                Optional.of(NODE_KEY),
                live,
                live,
                live::functions,
                this::fetch,
                vertx,
                options.clock,
                System::nanoTime,
                () -> options.drawn,
                () -> "request-" + ids.incrementAndGet(),
                options.timer,
                meters,
                options.mostInitNanos));
  }

  static TestHost in(Path folder) throws IOException {
    return new TestHost(folder, new Options());
  }

  private void fetch(String account, String sha256, Path into) throws IOException {
    fetched.incrementAndGet();
    byte[] archive = archives.get(sha256);
    if (archive == null) {
      throw new IOException("there is no archive " + sha256);
    }
    Files.write(into, archive);
  }

  String keep(byte[] archive) {
    try {
      String sha256 =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
      archives.put(sha256, archive);
      return sha256;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A function in the making. */
  final class Made {
    private final String name;
    private String runtime;
    private String handler;
    private String code;
    private int memory = 128;
    private int timeout = 10;
    private Map<String, String> variables = Map.of();
    private List<String> layers = new ArrayList<>();
    private EventInvoke eventInvoke = EventInvoke.USUAL;
    private final Map<String, FunctionVersion> versions = new HashMap<>();
    private final Map<String, FunctionAlias> aliases = new HashMap<>();
    private final Map<String, String> policies = new HashMap<>();
    private OptionalInt reserved = OptionalInt.empty();

    Made(String name, String runtime, String handler, byte[] archive) {
      this.name = name;
      this.runtime = runtime;
      this.handler = handler;
      this.code = keep(archive);
    }

    Made code(byte[] archive) {
      code = keep(archive);
      return this;
    }

    Made memory(int megabytes) {
      memory = megabytes;
      return this;
    }

    Made timeout(int seconds) {
      timeout = seconds;
      return this;
    }

    Made variables(Map<String, String> all) {
      variables = all;
      return this;
    }

    Made layer(byte[] archive) {
      layers.add(keep(archive));
      return this;
    }

    Made eventInvoke(int retries, int mostAgeSeconds) {
      eventInvoke = new EventInvoke(retries, mostAgeSeconds);
      return this;
    }

    Made reserved(int most) {
      reserved = OptionalInt.of(most);
      return this;
    }

    Made policy(String qualifier, String text) {
      policies.put(qualifier, text);
      return this;
    }

    Made alias(String alias, String version, Map<String, Double> weights) {
      aliases.put(alias, new FunctionAlias(version, weights, Optional.empty()));
      return this;
    }

    /** The version as it is now. */
    Made publish(String version) {
      versions.put(version, version(version));
      return this;
    }

    private FunctionVersion version(String version) {
      JsonObjectBuilder own = Json.createObjectBuilder();
      variables.forEach(own::add);
      String owner = FunctionVersion.owner(ACCOUNT, name);
      return new FunctionVersion(
          version,
          code,
          runtime,
          handler,
          memory,
          timeout,
          variables.isEmpty()
              ? Optional.empty()
              : Optional.of(NODE_KEY.close(owner, own.build().toString(), new SecureRandom())),
          layers,
          eventInvoke);
    }

    Made live() {
      publish(FunctionSnapshot.LATEST);
      live.put(
          new FunctionSnapshot(
              1, ACCOUNT, "eu-north-1", name, versions, aliases, policies, reserved));
      return this;
    }
  }

  Made node(String name, String code) {
    return new Made(name, "nodejs20.x", "index.handler", new Zips().file("index.js", code).bytes());
  }

  Made python(String name, String code) {
    return new Made(name, "python3.11", "app.handler", new Zips().file("app.py", code).bytes());
  }

  /** What came of a call. */
  record Answer(BackendResponse response, GatewayException failure, List<String> log) {
    int status() {
      return response.status();
    }

    String header(String name) {
      return response.headers().first(name);
    }

    String body() {
      return new String(((Body.Bytes) response.body()).bytes(), StandardCharsets.UTF_8);
    }

    String text() {
      return String.join("\n", log);
    }
  }

  static FunctionCall call(String function, String payload) {
    return new FunctionCall(
        ACCOUNT,
        function,
        "",
        payload.getBytes(StandardCharsets.UTF_8),
        "",
        FunctionCall.Kind.REQUEST_RESPONSE,
        new FunctionCall.Invoker.Trusted(),
        "Root=1-5759e988-bd862e3fe1be46a994272793",
        0,
        false,
        line -> {});
  }

  Answer invoke(String function, String payload) {
    return invoke(call(function, payload));
  }

  /** Waits for the answer. */
  Answer invoke(FunctionCall call) {
    return begin(call).await();
  }

  /** A call on its way. */
  final class Pending implements Backend.Reply {
    private final AtomicReference<Answer> answer = new AtomicReference<>();
    private final List<String> log = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public void answer(BackendResponse response) {
      answer.set(new Answer(response, null, log));
      done.countDown();
    }

    @Override
    public void fail(GatewayException failure) {
      answer.set(new Answer(null, failure, log));
      done.countDown();
    }

    Answer await() {
      try {
        if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("no answer within " + PATIENCE_SECONDS + " seconds");
        }
        return answer.get();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  Pending begin(FunctionCall c) {
    Pending pending = new Pending();
    host.invoke(c.logging(pending.log::add), pending);
    return pending;
  }

  @Override
  public void close() throws Exception {
    host.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
