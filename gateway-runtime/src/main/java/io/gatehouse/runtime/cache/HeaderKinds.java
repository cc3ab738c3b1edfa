package io.gatehouse.runtime.cache;

import java.util.ArrayList;
import java.util.List;

/**
 * What each header of a request means to a method's cache, found by comparing names of equal length
 * only: every header of every request is looked up here.
 */
final class HeaderKinds {

  /** What a header means. */
  enum Kind {
    /** Part of the key. */
    KEYED,
    /** Asks the cache for something. */
    CACHE_CONTROL,
    RANGE,
    ACCEPT_ENCODING,
    /** Differs from request to request and chooses no answer. */
    NOISE,
    /** Might choose the answer, and is not in the key. */
    OTHER
  }

  /**
   * By which backends, and what stands before them, are told of another host, path or verb: an
   * answer to such a request is no answer to one without.
   */
  private static final List<String> REDIRECTING =
      List.of(
          "Forwarded",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Scheme",
          "X-Forwarded-Server",
          "X-Host",
          "X-HTTP-Method",
          "X-HTTP-Method-Override",
          "X-Method-Override",
          "X-Original-URL",
          "X-Rewrite-URL");

  private static final List<String> NOISE =
      List.of(
          "Accept",
          "Connection",
          "Content-Length",
          "Date",
          "DNT",
          "Expect",
          "Host",
          "If-Match",
          "If-Modified-Since",
          "If-None-Match",
          "If-Range",
          "If-Unmodified-Since",
          "Keep-Alive",
          "Pragma",
          "Priority",
          "Referer",
          "TE",
          "Traceparent",
          "Tracestate",
          "Transfer-Encoding",
          "Upgrade-Insecure-Requests",
          "User-Agent",
          "Via",
          "X-Amz-Content-Sha256",
          "X-Amz-Date",
          "X-Amzn-Trace-Id",
          "X-Correlation-Id",
          "X-Forwarded-For",
          "X-Request-Id");

  /** More of them a backend's answers do not vary by here. */
  private static final int MOST_LEARNED = 8;

  /** Of the name of one. */
  private static final int MOST_CHARACTERS = 128;

  private record Named(String name, Kind kind) {}

  private final Named[][] byLength;
  private final List<String> keyed;
  private final List<String> learned;

  private HeaderKinds(List<String> keyed, List<String> learned) {
    this.keyed = keyed;
    this.learned = learned;
    List<Named> all = new ArrayList<>();
    keyed.forEach(name -> all.add(new Named(name, Kind.KEYED)));
    learned.forEach(name -> all.add(new Named(name, Kind.KEYED)));
    REDIRECTING.forEach(name -> all.add(new Named(name, Kind.KEYED)));
    all.add(new Named("Cache-Control", Kind.CACHE_CONTROL));
    all.add(new Named("Range", Kind.RANGE));
    all.add(new Named("Accept-Encoding", Kind.ACCEPT_ENCODING));
    NOISE.forEach(name -> all.add(new Named(name, Kind.NOISE)));
    int longest = all.stream().mapToInt(named -> named.name().length()).max().orElse(0);
    byLength = new Named[longest + 1][];
    for (int length = 0; length <= longest; length++) {
      int of = length;
      byLength[length] =
          all.stream().filter(named -> named.name().length() == of).toArray(Named[]::new);
    }
  }

  /**
   * @param keyed names that are in the key in any case
   */
  static HeaderKinds of(List<String> keyed) {
    return new HeaderKinds(keyed, List.of());
  }

  Kind of(String name) {
    if (name.length() < byLength.length) {
      for (Named named : byLength[name.length()]) {
        if (named.name().equalsIgnoreCase(name)) {
          return named.kind();
        }
      }
    }
    return Kind.OTHER;
  }

  /** Whether answers that vary by this header are told apart already. */
  boolean tellsApart(String name) {
    Kind kind = of(name);
    return kind == Kind.KEYED || kind == Kind.ACCEPT_ENCODING;
  }

  /**
   * The same with more names in the key, by which a backend has said that its answers vary; null
   * when they are too many.
   */
  HeaderKinds with(List<String> varying) {
    List<String> all = new ArrayList<>(learned);
    varying.stream().filter(name -> !tellsApart(name)).forEach(all::add);
    boolean tooMany =
        all.size() > MOST_LEARNED || all.stream().anyMatch(name -> name.length() > MOST_CHARACTERS);
    return tooMany ? null : new HeaderKinds(keyed, all);
  }
}
