package io.gatehouse.admin.console.iam;

/** On whom policies hang. */
record Holder(Kind kind, String name) {

  /** What a holder is, with its words on the screen and in addresses. */
  enum Kind {
    USER("user", "users"),
    GROUP("group", "groups"),
    ROLE("role", "roles");

    private final String word;
    private final String path;

    Kind(String word, String path) {
      this.word = word;
      this.path = path;
    }

    String word() {
      return word;
    }

    /** The segment of addresses, which is the word for several of them. */
    String path() {
      return path;
    }

    String title() {
      return Character.toUpperCase(path.charAt(0)) + path.substring(1);
    }
  }
}
