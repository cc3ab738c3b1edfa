package io.gatehouse.runtime.functions;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The lines around what a function writes, in the vendor's words. */
final class Story {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final double NANOS = 1e6;

  private final List<String> lines = new ArrayList<>();
  private final Invocation invocation;

  Story(Invocation invocation, List<String> before) {
    this.invocation = invocation;
    lines.addAll(before);
    lines.add(
        "START RequestId: "
            + invocation.id()
            + " Version: "
            + invocation.chosen().version().version());
  }

  Story wrote(List<String> more) {
    lines.addAll(more);
    return this;
  }

  Story timedOut(long nowMillis) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%s %s Task timed out after %.2f seconds",
            TIME.format(Instant.ofEpochMilli(nowMillis)),
            invocation.id(),
            (double) invocation.chosen().version().timeoutSeconds()));
    return this;
  }

  /** Ends it. */
  List<String> report(Outcome outcome, long nanos, long mostMemory, Optional<Long> initNanos) {
    lines.add("END RequestId: " + invocation.id());
    StringBuilder report = new StringBuilder("REPORT RequestId: ").append(invocation.id());
    append(report, "Duration: %.2f ms", nanos / NANOS);
    append(report, "Billed Duration: %d ms", (long) Math.ceil(nanos / NANOS));
    append(report, "Memory Size: %d MB", invocation.chosen().version().memoryMegabytes());
    append(report, "Max Memory Used: %d MB", mostMemory >> 20);
    initNanos.ifPresent(init -> append(report, "Init Duration: %.2f ms", init / NANOS));
    if (outcome.error().equals("Sandbox.Timedout")) {
      append(report, "Status: %s", "timeout");
    } else if (outcome.error().startsWith("Runtime.")) {
      append(report, "Status: error\tError Type: %s", outcome.error());
    }
    lines.add(report.toString());
    return lines;
  }

  private static void append(StringBuilder report, String format, Object value) {
    report.append('\t').append(String.format(Locale.ROOT, format, value));
  }
}
