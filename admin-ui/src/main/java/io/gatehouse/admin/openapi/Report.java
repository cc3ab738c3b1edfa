package io.gatehouse.admin.openapi;

import io.gatehouse.admin.openapi.ReportLine.Kind;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what becomes of a document while it is read; a place read twice is told once. */
final class Report {

  /** More would not be read by anybody. */
  private static final int MOST_ERRORS = 20;

  private static final int MOST_WARNINGS = 100;

  private final Set<ReportLine> lines = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> errors = new LinkedHashSet<>();

  void kept(String pointer, String what) {
    lines.add(new ReportLine(pointer, Kind.KEPT, what));
  }

  void converted(String pointer, String how) {
    lines.add(new ReportLine(pointer, Kind.CONVERTED, how));
  }

  /** Without effect, and nobody will miss it when calling the API. */
  void dropped(String pointer, String why) {
    lines.add(new ReportLine(pointer, Kind.DROPPED, why));
  }

  /** Without effect, although the author may count on it. */
  void warned(String pointer, String why) {
    dropped(pointer, why);
    warnings.add(why + " (at " + pointer + ")");
  }

  /** An error does not end the import at once, so that the author sees all of them together. */
  void attempt(String what, Runnable step) {
    try {
      step.run();
    } catch (ApiError refused) {
      errors.add(what + ": " + refused.getMessage());
    }
  }

  <T> T attempt(String what, Supplier<T> step, T otherwise) {
    try {
      return step.get();
    } catch (ApiError refused) {
      errors.add(what + ": " + refused.getMessage());
      return otherwise;
    }
  }

  void throwErrors() {
    throwIfAny("Errors found during import:", errors, MOST_ERRORS);
  }

  void throwWarnings() {
    throwIfAny("Warnings found during import:", warnings, MOST_ERRORS);
  }

  List<ReportLine> lines() {
    return new ArrayList<>(lines);
  }

  List<String> warnings() {
    List<String> first = new ArrayList<>(warnings.stream().limit(MOST_WARNINGS).toList());
    if (warnings.size() > MOST_WARNINGS) {
      first.add((warnings.size() - MOST_WARNINGS) + " more warnings");
    }
    return first;
  }

  private static void throwIfAny(String title, Set<String> texts, int most) {
    if (!texts.isEmpty()) {
      List<String> shown = new ArrayList<>(texts.stream().limit(most).toList());
      if (texts.size() > most) {
        shown.add("and " + (texts.size() - most) + " more");
      }
      throw ApiError.badRequest(title + "\n\t" + String.join("\n\t", shown));
    }
  }
}
