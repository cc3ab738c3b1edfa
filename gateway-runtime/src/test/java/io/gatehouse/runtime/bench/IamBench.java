package io.gatehouse.runtime.bench;

import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.auth.KeyHolders;
import io.gatehouse.runtime.auth.NodeAuthorizers;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.SampleUser;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.pipeline.Workers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A program, not a test: what AWS_IAM costs a request whose caller is known already, by its body
 * and by how it is signed. Runs the authorizer alone and counts the CPU time of its own thread.
 */
public final class IamBench {

  private static final String KEY = "AKIAEXAMPLEEXAMPLE12";
  private static final String TEMPORARY = "ASIAEXAMPLEEXAMPLE12";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String HOST = "abc123.execute-api.us-east-1.amazonaws.com";
  private static final int REQUESTS = 20_000;
  private static final int WARM_TURNS = 20;
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private record Case(String name, Request request) {}

  private final LiveSnapshots live = new LiveSnapshots();
  private final Authorizer authorizer =
      new NodeAuthorizers(
              new KeyHolders(live, Optional.of(Door.NODE_KEY)), null, null, Workers.NONE)
          .iam(new StageAccess(SampleApi.ACCOUNT, "us-east-1", "abc123", "prod", null, false));
  private final CompiledStage stage =
      StageCompiler.compile(
          SampleApi.api("abc123", "prod").mock("GET", "/", 200, "{}").snapshot(1),
          SampleApi.NO_BACKENDS);
  private final Timeline timeline = new Timeline(0);
  private long passed;

  /** Takes the number of rounds. */
  public static void main(String[] arguments) {
    new IamBench().measure(Integer.parseInt(arguments[0]));
  }

  private void measure(int rounds) {
    List<Case> cases = cases();
    for (int turn = 0; turn < WARM_TURNS; turn++) {
      cases.forEach(this::nanosPerRequest);
    }
    List<double[]> nanos = new ArrayList<>();
    cases.forEach(c -> nanos.add(new double[rounds]));
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < cases.size(); i++) {
        nanos.get(i)[round] = nanosPerRequest(cases.get(i));
      }
    }
    System.out.printf("%n%-46s %11s %18s%n", "AWS_IAM, warm", "CPU ns", "fastest, slowest");
    for (int i = 0; i < cases.size(); i++) {
      double[] sorted = nanos.get(i);
      Arrays.sort(sorted);
      System.out.printf(
          Locale.ROOT,
          "  %-44s %11.0f %9.0f%9.0f%n",
          cases.get(i).name(),
          sorted[rounds / 2],
          sorted[0],
          sorted[rounds - 1]);
    }
  }

  private List<Case> cases() {
    PrincipalSnapshot role = SampleUser.role(SampleApi.ACCOUNT, "deploy", SampleUser.ALL);
    live.put(SampleUser.user(SampleApi.ACCOUNT, "ci", KEY, SECRET, SampleUser.ALL));
    live.put(role);
    SessionToken session =
        SampleUser.session(role, TEMPORARY, "session secret", NOW.plusSeconds(600), null);
    return List.of(
        new Case("GET without a body", request("GET", "", 0, KEY, SECRET, null)),
        new Case("GET with five parameters", request("GET", query(), 0, KEY, SECRET, null)),
        new Case("POST of 1 KB", request("POST", "", 1024, KEY, SECRET, null)),
        new Case("POST of 16 KB", request("POST", "", 16_384, KEY, SECRET, null)),
        new Case(
            "POST of 1 KB with a session token",
            request("POST", "", 1024, TEMPORARY, session.secret(), SampleUser.sealed(session))));
  }

  private static String query() {
    return "limit=20&after=2024-05-01T00%3A00%3A00Z&sort=name&q=a%20b&fields=id%2Cname";
  }

  private static Request request(
      String verb, String query, int length, String key, String secret, String token) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(HOST));
    headers.put("Content-Type", List.of("application/json"));
    headers.put("X-Request-Source", List.of("bench"));
    if (token != null) {
      headers.put("X-Amz-Security-Token", List.of(token));
    }
    byte[] body = new byte[length];
    String path = "/prod/customers/c-1042/orders";
    HeaderList fields = new HeaderList();
    headers.forEach((name, values) -> fields.add(name, values.getFirst()));
    SigV4.sign(
            new SigV4.Request(verb, path, query, headers, body),
            key,
            secret,
            "us-east-1",
            "execute-api",
            NOW)
        .forEach(fields::add);
    fields.add("User-Agent", "aws-sdk-java/2").add("Accept", "*/*").add("Accept-Encoding", "gzip");
    return new Request(
        verb, path, query, HOST, fields, new Body.Bytes(body), "127.0.0.1", "http", "HTTP/1.1");
  }

  private double nanosPerRequest(Case c) {
    long begin = CpuTime.nanos();
    for (int i = 0; i < REQUESTS; i++) {
      Exchange x =
          new Exchange(c.request(), "id", "extended", "trace", NOW.toEpochMilli(), timeline);
      x.stage(stage, "/customers/c-1042/orders");
      if (authorizer.passes(x)) {
        passed++;
      }
    }
    long took = CpuTime.nanos() - begin;
    if (passed % REQUESTS != 0) {
      throw new IllegalStateException("somebody did not pass");
    }
    return (double) took / REQUESTS;
  }
}
