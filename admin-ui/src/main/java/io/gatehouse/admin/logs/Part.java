package io.gatehouse.admin.logs;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One index: an account's day, or a piece of one that is long. It is opened and dropped as a whole.
 *
 * @param day of the requests, UTC
 * @param number counts the pieces of the day
 */
record Part(String account, LocalDate day, int number) implements Comparable<Part> {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern NAME = Pattern.compile("([0-9-]{10})\\.([0-9]{1,6})");
  private static final Comparator<Part> OLDEST_FIRST =
      Comparator.comparing(Part::day).thenComparing(Part::number).thenComparing(Part::account);

  /** Whether the text is an account's number: it names a directory. */
  static boolean isAccount(String text) {
    return ACCOUNT.matcher(text).matches();
  }

  /** The part of a directory; empty for one that is none. */
  static Optional<Part> of(Path directory) {
    String account = directory.getParent().getFileName().toString();
    Matcher name = NAME.matcher(directory.getFileName().toString());
    if (!isAccount(account) || !name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Part(account, LocalDate.parse(name.group(1)), Integer.parseInt(name.group(2))));
    } catch (DateTimeException notADay) {
      return Optional.empty();
    }
  }

  Path in(Path root) {
    return root.resolve(account).resolve(day + "." + number);
  }

  Part next() {
    return new Part(account, day, number + 1);
  }

  @Override
  public int compareTo(Part other) {
    return OLDEST_FIRST.compare(this, other);
  }
}
