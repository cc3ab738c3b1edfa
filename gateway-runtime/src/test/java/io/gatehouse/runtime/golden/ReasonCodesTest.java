package io.gatehouse.runtime.golden;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The set of reason codes is closed: each has a case that shows it, each is used, and one code
 * stands for one cause. A new code without a case fails here, by name.
 */
class ReasonCodesTest {

  private static final Path MAIN = Path.of("src/main/java/io/gatehouse/runtime");
  private static final Path TESTS = Path.of("src/test/java/io/gatehouse/runtime");
  private static final List<Path> WIRE =
      List.of(Path.of("src/test/resources/framing"), Path.of("src/test/resources/answers"));

  /** What no file can show, because it takes a crowd, a leaving caller or a mistake of ours. */
  private static final Map<Reason, String> SHOWN_BY_TESTS =
      Map.ofEntries(
          entry(Reason.ACCOUNT_SUSPENDED, "door/MeteringTest.java"),
          entry(Reason.OVERLOADED, "golden/CrowdedNodeTest.java"),
          entry(Reason.THROTTLED_BY_PLAN_FOR_METHOD, "door/MeteringTest.java"),
          entry(Reason.THROTTLED_BY_PLAN, "door/MeteringTest.java"),
          entry(Reason.THROTTLED_BY_METHOD, "door/MeteringTest.java"),
          entry(Reason.THROTTLED_BY_ACCOUNT, "door/MeteringTest.java"),
          entry(Reason.QUOTA_EXCEEDED, "door/MeteringTest.java"),
          entry(Reason.QUOTA_UNREACHABLE, "door/MeteringTest.java"),
          entry(Reason.ACCOUNT_OVERLOADED, "golden/CrowdedNodeTest.java"),
          entry(Reason.WORK_QUEUE_FULL, "golden/CrowdedNodeTest.java"),
          entry(Reason.BODIES_IN_HAND, "golden/CrowdedNodeTest.java"),
          entry(Reason.CALLER_GONE, "golden/CrowdedNodeTest.java"),
          entry(Reason.CACHE_INVALIDATION_DENIED, "cache/InvalidationTest.java"),
          entry(Reason.BUG, "golden/CrowdedNodeTest.java"),
          entry(Reason.AUTHORIZER_BUSY, "auth/LambdaAuthorizerTest.java"),
          entry(Reason.BACKEND_BUSY, "golden/CrowdedNodeTest.java"),
          entry(Reason.BACKEND_CALLS_OF_ACCOUNT, "golden/CrowdedNodeTest.java"),
          entry(Reason.BACKEND_CERTIFICATE_UNTRUSTED, "door/TlsBackendTest.java"),
          entry(Reason.BACKEND_CERTIFICATE_EXPIRED, "door/TlsBackendTest.java"),
          entry(Reason.BACKEND_CERTIFICATE_NAME, "door/TlsBackendTest.java"),
          entry(Reason.BACKEND_TLS_FAILED, "door/TlsBackendTest.java"),
          entry(Reason.BACKEND_STREAM_RESET, "door/Http2BackendTest.java"),
          entry(Reason.BACKEND_CIRCUIT_OPEN, "door/BackendHealthTest.java"),
          entry(Reason.VPC_LINK_UNKNOWN, "door/VpcLinkTest.java"),
          entry(Reason.VPC_LINK_WITHOUT_TARGETS, "door/VpcLinkTest.java"),
          entry(Reason.ISSUER_KEYS_TOO_OLD, "auth/IssuerKeysTest.java"),
          entry(Reason.TOKEN_CHECKS_WAITING, "auth/UserPoolClaimsTest.java"),
          entry(Reason.TOKEN_TOO_LONG, "auth/TokenAttacksTest.java"),
          entry(Reason.HEADER_TIMEOUT, "door/DeadlinesTest.java"),
          entry(Reason.BODY_TIMEOUT, "door/DeadlinesTest.java"),
          entry(Reason.TOO_MANY_CONNECTIONS, "door/DeadlinesTest.java"));

  /** Codes that more than one place gives, and why that is one cause. */
  private static final Map<Reason, String> ONE_CAUSE_IN_SEVERAL_PLACES =
      Map.ofEntries(
          entry(Reason.AUTHORIZER_INVALID, "when compiled, and told to each request"),
          entry(Reason.BACKEND_ANSWER_AMBIGUOUS, "two lengths, a length and a coding, or codings"),
          entry(
              Reason.BACKEND_BODY_INCOMPLETE, "a backend's for a caller, or a stream's for a log"),
          entry(Reason.BACKEND_BODY_LATE, "a backend's for a caller, or a stream's for a log"),
          entry(Reason.BACKEND_BODY_INVALID, "in HTTP/1, or by a reset in HTTP/2"),
          entry(Reason.BACKEND_BUSY, "given in one place, and told apart in another"),
          entry(Reason.BACKEND_CERTIFICATE_EXPIRED, "not any more, or not yet"),
          entry(Reason.BACKEND_CERTIFICATE_UNTRUSTED, "its issuer, or what it is made with"),
          entry(Reason.VPC_LINK_UNKNOWN, "when compiled, or when it is gone"),
          entry(Reason.VPC_LINK_WITHOUT_TARGETS, "none at all, or none that resolves"),
          entry(Reason.BACKEND_ANSWER_TOO_LARGE, "for threads that may wait the body is gathered"),
          entry(Reason.BACKEND_INVALID_ANSWER, "found when read, or when written on"),
          entry(
              Reason.BACKEND_TIMEOUT, "functions have a clock, and threads that may wait one more"),
          entry(Reason.BACKEND_UNREACHABLE, "while connecting, while sending, while reading"),
          entry(Reason.BODY_TOO_LARGE, "by the length that is declared, or by what came"),
          entry(Reason.CALLER_GONE, "while its body was read, was sent on, or lay in hand"),
          entry(Reason.ENDPOINT_INVALID, "when compiled, or with what the request fills in"),
          entry(Reason.HEADER_INVALID, "a name or a value, in HTTP/1 or in HTTP/2"),
          entry(Reason.HOST_DOUBLED, "in HTTP/1, or in HTTP/2"),
          entry(Reason.HOST_INVALID, "in HTTP/1, or in HTTP/2"),
          entry(Reason.HOST_MISMATCH, "in its name, or in its port"),
          entry(Reason.HOST_MISSING, "in HTTP/1, or in HTTP/2"),
          entry(Reason.ISSUER_UNREACHABLE, "of one request to it, or of the token that needs it"),
          entry(Reason.LAMBDA_VERB, "by the integration, or where that takes any by the caller"),
          entry(Reason.MAPPING_SOURCE_INVALID, "in a header, or in the URI"),
          entry(Reason.REQUEST_LINE_INVALID, "each of its parts, or that there is no end of it"),
          entry(Reason.SELECTION_PATTERN_INVALID, "of a status, or of an error message"),
          entry(Reason.RESPONSE_TEMPLATE_INVALID, "its text, or the content type it is for"),
          entry(Reason.SESSION_TOKEN_INVALID, "it does not open, or goes with another key"),
          entry(Reason.TARGET_MALFORMED, "its form, its characters, or its dot segments"),
          entry(Reason.WORK_QUEUE_FULL, "for a body to be hashed, or for what comes after"),
          entry(Reason.MAPPING_INVALID, "targets and sources, of requests and of responses"),
          entry(Reason.MAPPING_TARGET_FORBIDDEN, "by a parameter mapping or by an override"),
          entry(Reason.NOT_BUILT, "for callers and for test invocations"),
          entry(Reason.REQUEST_TEMPLATE_BODY_NOT_JSON, "the one kind that has another answer"),
          entry(
              Reason.RESPONSE_TEMPLATE_BUDGET,
              "compressing comes out of the budget that the template has left"));

  private static final Pattern USE = Pattern.compile("\\bReason\\.([A-Z][A-Z0-9_]+)\\b");

  private static Set<Reason> shownByFiles() throws IOException {
    Set<Reason> shown = EnumSet.noneOf(Reason.class);
    for (String folder : List.of("exchange", "hostile")) {
      for (Path file : ExchangeCase.in(folder)) {
        ExchangeCase golden = ExchangeCase.read(file);
        if (golden.has("reason")) {
          shown.add(Reason.valueOf(golden.section("reason")));
        }
      }
    }
    return shown;
  }

  /**
   * The files about framing and backends' answers have formats of their own: a code's name in one
   * is its case.
   */
  private static Set<Reason> shownByFraming() throws IOException {
    Set<Reason> shown = EnumSet.noneOf(Reason.class);
    for (Path folder : WIRE) {
      for (Path file : files(folder, "")) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (Reason reason : Reason.values()) {
          if (Pattern.compile("\\b" + reason + "\\b").matcher(text).find()) {
            shown.add(reason);
          }
        }
      }
    }
    return shown;
  }

  @Test
  void everyReasonHasACase() throws IOException {
    Set<Reason> without = EnumSet.allOf(Reason.class);
    without.removeAll(shownByFiles());
    without.removeAll(shownByFraming());
    without.removeAll(SHOWN_BY_TESTS.keySet());
    assertEquals(Set.of(), without, "reasons that no case shows");
  }

  @Test
  void theTestsThatAreSaidToShowReasonsNameThem() throws IOException {
    for (Map.Entry<Reason, String> shown : SHOWN_BY_TESTS.entrySet()) {
      String test = Files.readString(TESTS.resolve(shown.getValue()));
      assertTrue(
          test.contains("Reason." + shown.getKey()),
          shown.getValue() + " does not show " + shown.getKey());
    }
  }

  @Test
  void everyReasonIsUsed() throws IOException {
    Set<Reason> unused = EnumSet.allOf(Reason.class);
    unused.removeAll(uses().keySet());
    assertEquals(Set.of(), unused, "reasons that nothing gives");
  }

  @Test
  void oneCodeStandsForOneCause() throws IOException {
    Map<Reason, List<String>> several = uses();
    several.values().removeIf(places -> places.size() == 1);
    assertEquals(
        ONE_CAUSE_IN_SEVERAL_PLACES.keySet(), several.keySet(), () -> "given in " + several);
  }

  /** Where main code names each, a place for each time. */
  private static Map<Reason, List<String>> uses() throws IOException {
    Map<Reason, List<String>> uses = new EnumMap<>(Reason.class);
    for (Path file : files(MAIN, ".java")) {
      Matcher m = USE.matcher(Files.readString(file));
      while (m.find()) {
        uses.computeIfAbsent(Reason.valueOf(m.group(1)), reason -> new ArrayList<>())
            .add(file.getFileName().toString());
      }
    }
    return uses;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .toList();
    }
  }
}
