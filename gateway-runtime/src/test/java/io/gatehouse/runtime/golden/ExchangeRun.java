package io.gatehouse.runtime.golden;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.door.ScriptedFunctions;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.HeaderList;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One door and one backend for all cases; each case has an API of its own. */
final class ExchangeRun implements AutoCloseable {

  private static final String DEFAULT_ANSWER =
      "200 OK\nContent-Type: application/json\n\n{\"ok\":true}";

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /** On every message, and asserted for every one: files speak of the rest. */
  private static final Set<String> ALWAYS =
      Set.of(
          "connection",
          "content-length",
          "date",
          "host",
          "transfer-encoding",
          "x-amz-apigw-id",
          "x-amzn-apigateway-api-id",
          "x-amzn-requestid",
          "x-gatehouse-reason");

  private static final Pattern TRACE = Pattern.compile("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern EXTENDED_ID = Pattern.compile("(?<=\"extendedRequestId\":\")[^\"]+");
  private static final Pattern TIME =
      Pattern.compile("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
  private static final Pattern TIMESTAMP = Pattern.compile("\\b20\\d{6}T\\d{6}Z\\b");
  private static final Pattern EPOCH = Pattern.compile("\\b1[6-9]\\d{11}\\b");

  private static final Pattern LATENCY = Pattern.compile("(?<=\"integrationLatency\":)\\d+");

  private final RawBackend backend = new RawBackend(ExchangeRun::nothing);
  private final Door door;
  private int cases;

  ExchangeRun() throws Exception {
    door = new Door("127.0.0.1/32:" + backend.port(), 1000);
    door.serve(
        SampleApi.api("alive", "dev")
            .mock("GET", "/", 200, "alive")
            .proxy("GET", "/backend", backend.url() + "/")
            .snapshot(1));
  }

  long bytesHeld() {
    return door.bodies.held();
  }

  int inFlight() {
    return door.inFlight.count();
  }

  /**
   * Plays the case and compares.
   *
   * @throws AssertionError with both sides where they differ
   */
  void check(ExchangeCase golden) throws Exception {
    Map<String, String> observed = observed(golden);
    StringBuilder differences = new StringBuilder();
    for (String name : List.of("backend", "asked", "function", "response", "reason", "detail")) {
      String expected = normal(name, golden);
      String found = normal(observed.get(name));
      if (!expected.equals(found)) {
        differences.append(TextDifference.of(name, expected, found));
      }
    }
    if (!differences.isEmpty()) {
      fail(golden.name() + ": " + golden.words() + differences);
    }
  }

  /** The case's sections, those that differ as they have been observed. */
  Map<String, String> rewritten(ExchangeCase golden) throws Exception {
    Map<String, String> observed = observed(golden);
    observed.replaceAll(
        (name, found) ->
            golden.has(name) && normal(name, golden).equals(normal(found))
                ? golden.section(name)
                : found);
    return observed;
  }

  private static String normal(String name, ExchangeCase golden) {
    return normal(golden.has(name) ? golden.section(name) : null);
  }

  private static String normal(String section) {
    if (section == null) {
      return "";
    }
    HttpText text = HttpText.parse(section);
    String body = text.body() == null ? "" : text.body();
    boolean coded = body.startsWith("@gzip ") || body.startsWith("@deflate ");
    String prefix = coded ? body.substring(0, body.indexOf(' ') + 1) : "";
    String shown =
        body.startsWith("@any")
            ? body
            : prefix + HttpText.shown(HttpText.bytes(body.substring(prefix.length())), null);
    return HttpText.repeated(text.firstLine())
        + "\n"
        + HttpText.repeated(String.join("\n", text.headers()))
        + "\n\n"
        + shown.stripTrailing();
  }

  /** The case's sections with what has really come of it. */
  Map<String, String> observed(ExchangeCase golden) throws Exception {
    String apiId = String.format(Locale.ROOT, "api%07d", ++cases);
    CaseApi api = CaseApi.parse(apiId, filled(golden.section("api"), apiId));
    api.serveAt(door);
    backend.script(script(golden, apiId));
    backend.received.clear();
    door.functions.script(function(golden, apiId));
    door.functions.received.clear();
    door.seen.clear();
    try {
      HttpText sent = HttpText.parse(api.withTokens(filled(golden.section("request"), apiId)));
      HttpText response = response(door.raw(request(sent, apiId, api.principals())));
      Exchange x = door.exchange();
      checkWhatAllHave(response, x);
      Map<String, String> observed = new LinkedHashMap<>(golden.sections());
      if (golden.has("backend")) {
        observed.put("backend", asked(golden.section("backend"), apiId, api.secrets()));
      }
      if (golden.has("asked")) {
        observed.put("asked", called(golden.section("asked"), apiId, true));
      }
      if (golden.has("function")) {
        observed.put("function", called(golden.section("function"), apiId, false));
      }
      String listed = golden.section("response");
      observed.put("response", shown(listed, status(response), response, apiId));
      if (x.refusal() == null) {
        observed.remove("reason");
      } else {
        observed.put("reason", x.refusal().reason().name());
      }
      if (golden.has("detail")) {
        observed.put("detail", x.refusal() == null ? "none" : x.refusal().detail());
      }
      if (golden.has("answer") && golden.section("answer").equals("drop")) {
        recover();
      }
      return observed;
    } finally {
      api.removeFrom(door);
    }
  }

  /** Cases share a backend, and one that dropped calls in a row would not be called any more. */
  private void recover() throws Exception {
    backend.script((head, out, socket) -> out.write(OK.getBytes(ISO_8859_1)));
    String answer = door.get("/_aws/execute-api/alive/dev/backend");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    door.exchange();
  }

  /** A caller that has nothing to do with the case. */
  void servesTheNext() throws Exception {
    String next = door.get("/_aws/execute-api/alive/dev/");
    assertTrue(next.endsWith("\r\n\r\nalive"), next);
    door.exchange();
  }

  private String filled(String section, String apiId) {
    return section
        .replace("<api>", apiId)
        .replace("<backend>", "127.0.0.1:" + backend.port())
        .replace("<keys>", CaseTokens.KEYS);
  }

  private static byte[] request(HttpText sent, String apiId, CasePrincipals principals) {
    String line = sent.firstLine();
    line = line.contains(" HTTP/1.") ? line : line + " HTTP/1.1";
    boolean own = sent.hasHeader("Host") || sent.headers().contains("! Host");
    String host = apiId + ".execute-api.test";
    String close = sent.hasHeader("Connection") ? "" : "Connection: close\r\n";
    return principals
        .signed(sent, line, host)
        .wire(line, (own ? "" : "Host: " + host + "\r\n") + close, false);
  }

  private static HttpText response(String raw) {
    int gap = raw.indexOf("\r\n\r\n");
    if (gap < 0) {
      throw new AssertionError("no response, but: " + raw);
    }
    String head = raw.substring(0, gap);
    byte[] body = raw.substring(gap + 4).getBytes(ISO_8859_1);
    boolean chunked = head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked");
    return HttpText.received(head, chunked ? Chunks.joined(body) : body);
  }

  private static String status(HttpText response) {
    return response.firstLine().substring(9, 12);
  }

  private static void checkWhatAllHave(HttpText response, Exchange x) {
    assertEquals(List.of(x.id()), response.values("x-amzn-RequestId"));
    assertEquals(List.of(x.extendedId()), response.values("x-amz-apigw-id"));
    assertEquals(1, response.values("Date").size());
    boolean told = x.refusal() != null && (!x.hasStage() || x.stage().reasonHeader());
    assertEquals(
        told ? List.of(x.refusal().reason().name()) : List.of(),
        response.values("x-gatehouse-reason"));
  }

  private String asked(String expected, String apiId, Map<String, String> secrets) {
    RawBackend.Received received = backend.received.poll();
    if (received == null) {
      return "none";
    }
    HttpText request =
        SignatureMask.masked(
            HttpText.received(received.head(), received.body()), received.body(), secrets);
    return shown(expected, request.firstLine().replace(" HTTP/1.1", ""), request, apiId);
  }

  private static boolean isAuthorizers(FunctionCall call) {
    return call.function().endsWith(":auth");
  }

  /** A call of a function in the form of a message. */
  private String called(String expected, String apiId, boolean authorizers) {
    Optional<FunctionCall> found =
        door.functions.received.stream().filter(c -> isAuthorizers(c) == authorizers).findFirst();
    if (found.isEmpty()) {
      return "none";
    }
    FunctionCall call = found.get();
    String invoker =
        switch (call.invoker()) {
          case FunctionCall.Invoker.Role(String arn) -> "role " + arn;
          case FunctionCall.Invoker.Service(String arn) -> "service " + arn;
          case FunctionCall.Invoker.Trusted trusted -> "trusted";
        };
    List<String> about = new ArrayList<>(List.of("Invoker: " + invoker));
    if (!call.qualifier().isEmpty()) {
      about.add("Qualifier: " + call.qualifier());
    }
    about.add("Timeout: " + call.timeoutMillis());
    String payload = HttpText.shown(call.payload(), null);
    String first = call.kind() + " " + call.function();
    return shown(expected, first, new HttpText(first, about, payload), apiId);
  }

  /** Answers in the shape of Lambda's Invoke, whatever the call. */
  private ScriptedFunctions.Script function(ExchangeCase golden, String apiId) {
    ScriptedFunctions.Script usual = function(golden, "answer", apiId);
    if (!golden.has("authorizer")) {
      return usual;
    }
    ScriptedFunctions.Script authorizers = function(golden, "authorizer", apiId);
    return (call, reply) -> (isAuthorizers(call) ? authorizers : usual).run(call, reply);
  }

  private ScriptedFunctions.Script function(ExchangeCase golden, String section, String apiId) {
    String answer = golden.has(section) ? filled(golden.section(section), apiId) : "200\n\n{}";
    if (answer.strip().equals("hang")) {
      return (call, reply) -> {};
    }
    HttpText text = HttpText.parse(answer);
    HeaderList headers = new HeaderList();
    for (String line : text.headers()) {
      int colon = line.indexOf(':');
      if (!HttpText.isNamed(line, "Log")) {
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    Body body = new Body.Bytes(text.body() == null ? new byte[0] : HttpText.bytes(text.body()));
    return (call, reply) -> {
      text.values("Log").forEach(call.log());
      reply.answer(
          new BackendResponse(Integer.parseInt(text.firstLine().split(" ")[0]), headers, body));
    };
  }

  /** The message with those headers that the file speaks of. */
  private String shown(String expected, String firstLine, HttpText found, String apiId) {
    HttpText wanted = HttpText.parse(expected);
    List<String> lines = new ArrayList<>();
    lines.add(masked(firstLine, apiId));
    Set<String> named = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : wanted.headers()) {
      String name =
          line.startsWith("! ") ? line.substring(2) : line.substring(0, line.indexOf(':'));
      if (name.equals("*")) {
        lines.add("! *");
      } else if (named.add(name)) {
        lines.addAll(header(name, line.endsWith(": *"), found, apiId));
      }
    }
    if (wanted.headers().contains("! *")) {
      found.headers().stream()
          .filter(line -> named.stream().noneMatch(name -> HttpText.isNamed(line, name)))
          .filter(line -> ALWAYS.stream().noneMatch(name -> HttpText.isNamed(line, name)))
          .filter(line -> !HttpText.isNamed(line, "X-Amzn-Trace-Id") || !isRequest(firstLine))
          .forEach(line -> lines.add(masked(line, apiId)));
    }
    String body = masked(found.body(), apiId);
    boolean any = wanted.body() != null && wanted.body().startsWith("@any");
    if (any || !body.isEmpty()) {
      lines.add("");
      lines.add(any ? wanted.body() : body);
    }
    return String.join("\n", lines);
  }

  private static boolean isRequest(String firstLine) {
    return firstLine.indexOf('/') >= 0;
  }

  private List<String> header(String name, boolean anyValue, HttpText found, String apiId) {
    List<String> values = found.values(name);
    if (values.isEmpty()) {
      return List.of("! " + name);
    }
    return anyValue
        ? List.of(name + ": *")
        : values.stream().map(value -> name + ": " + masked(value, apiId)).toList();
  }

  private String masked(String text, String apiId) {
    String masked =
        text.replace(apiId, "<api>").replace("127.0.0.1:" + backend.port(), "<backend>");
    masked = TRACE.matcher(masked).replaceAll("Root=<trace>");
    masked = UUID.matcher(masked).replaceAll("<uuid>");
    masked = TIMESTAMP.matcher(masked).replaceAll("<timestamp>");
    masked = TIME.matcher(masked).replaceAll("<time>");
    masked = EXTENDED_ID.matcher(masked).replaceAll("<extended>");
    masked = LATENCY.matcher(masked).replaceAll("<latency>");
    return EPOCH.matcher(masked).replaceAll("<epoch>");
  }

  private RawBackend.Script script(ExchangeCase golden, String apiId) {
    String answer = golden.has("answer") ? filled(golden.section("answer"), apiId) : DEFAULT_ANSWER;
    return switch (answer.strip()) {
      case "hang" -> ExchangeRun::nothing;
      case "drop" -> (head, out, socket) -> socket.close();
      default -> {
        HttpText text = HttpText.parse(answer);
        String line = text.firstLine();
        byte[] wire = text.wire(line.startsWith("HTTP/") ? line : "HTTP/1.1 " + line, "", true);
        yield (head, out, socket) -> {
          out.write(wire);
          out.flush();
          if (text.hasHeader("Connection")) {
            socket.close();
          }
        };
      }
    };
  }

  /** Waits until the gateway hangs up. */
  private static void nothing(String head, OutputStream out, Socket socket) throws Exception {
    socket.getInputStream().read();
  }

  @Override
  public void close() throws Exception {
    door.close();
    backend.close();
  }
}
