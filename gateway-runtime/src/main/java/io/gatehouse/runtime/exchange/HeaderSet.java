package io.gatehouse.runtime.exchange;

/**
 * A fixed set of header names, asked for every header of every request: compares only names of
 * equal length.
 */
public final class HeaderSet {

  private final String[][] byLength;

  private HeaderSet(String[][] byLength) {
    this.byLength = byLength;
  }

  public static HeaderSet of(String... names) {
    int longest = 0;
    for (String name : names) {
      longest = Math.max(longest, name.length());
    }
    String[][] byLength = new String[longest + 1][0];
    for (String name : names) {
      String[] same = byLength[name.length()];
      String[] more = java.util.Arrays.copyOf(same, same.length + 1);
      more[same.length] = name;
      byLength[name.length()] = more;
    }
    return new HeaderSet(byLength);
  }

  public boolean contains(String name) {
    if (name.length() >= byLength.length) {
      return false;
    }
    for (String candidate : byLength[name.length()]) {
      if (candidate.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
