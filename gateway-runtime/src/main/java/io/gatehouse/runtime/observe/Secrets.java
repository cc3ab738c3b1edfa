package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.MethodLogging;
import io.gatehouse.runtime.exchange.Redaction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must not leave an exchange: hidden by name wherever it has one, and by value wherever it was
 * copied to, as into a body by a mapping template.
 */
public final class Secrets {

  /** In the place of a secret. */
  public static final String HIDDEN = "*****";

  private static final String API_KEY = "x-api-key";

  /** A shorter value is looked for by its name alone: it may be part of any word. */
  private static final int SHORTEST = 8;

  /** Values, of one request; a caller that sends more shows no more than its own. */
  private static final int MOST = 64;

  private final Redaction redaction;
  private final List<Secret> values = new ArrayList<>();

  private record Secret(String value, String shown) {}

  private Secrets(Redaction redaction) {
    this.redaction = redaction;
  }

  /** By what its stage has said besides the usual, if it has one. */
  public static Secrets of(Exchange x) {
    Secrets secrets = new Secrets(x.hasStage() ? x.logging().redaction() : Redaction.USUAL);
    x.request().headers().forEach(secrets::sent);
    secrets.sentInQuery(x.request().query());
    if (x.apiKey() != null) {
      secrets.add(x.apiKey().value(), ExecutionLog.masked(x.apiKey().value()));
    }
    secrets.values.sort(Comparator.comparingInt(secret -> -secret.value().length()));
    return secrets;
  }

  private void sent(String header, String value) {
    if (!redaction.headers().contains(header)) {
      return;
    }
    if (header.equalsIgnoreCase(API_KEY)) {
      add(value, ExecutionLog.masked(value));
      return;
    }
    add(value, HIDDEN);
    if (header.equalsIgnoreCase("Cookie")) {
      for (String cookie : value.split(";", MOST)) {
        add(cookie.substring(cookie.indexOf('=') + 1).strip(), HIDDEN);
      }
    } else {
      add(value.substring(value.indexOf(' ') + 1).strip(), HIDDEN); // without its scheme
    }
  }

  private void sentInQuery(String query) {
    for (int from = 0; from < query.length(); ) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from);
      if (equals > 0 && equals < end && hidesParameter(query.substring(from, equals))) {
        String raw = query.substring(equals + 1, end);
        add(raw, HIDDEN);
        add(decoded(raw), HIDDEN);
      }
      from = end + 1;
    }
  }

  private boolean hidesParameter(String raw) {
    return redaction.parameters().contains(decoded(raw));
  }

  private static String decoded(String raw) {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
      return raw;
    }
    try {
      return PercentCoding.decodeSegment(raw.replace('+', ' '));
    } catch (ApiError malformed) {
      return raw;
    }
  }

  /** Also as mappings and templates write it. */
  private void add(String value, String shown) {
    remember(value, shown);
    if (value.length() >= SHORTEST && !isToken(value)) {
      remember(URLEncoder.encode(value, StandardCharsets.UTF_8), HIDDEN);
      remember(value.replace("/", "\\/"), HIDDEN);
    }
  }

  private static boolean isToken(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean stands =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._".indexOf(c) >= 0;
      if (!stands) {
        return false;
      }
    }
    return true;
  }

  private void remember(String value, String shown) {
    if (value.length() >= SHORTEST
        && values.size() < MOST
        && values.stream().noneMatch(known -> known.value().equals(value))) {
      values.add(new Secret(value, shown));
    }
  }

  /** A text without the secrets of the request. */
  public String hiddenIn(String text) {
    String clean = text;
    for (int i = 0; i < values.size(); i++) {
      Secret secret = values.get(i);
      if (clean.contains(secret.value())) {
        clean = clean.replace(secret.value(), secret.shown());
      }
    }
    return clean;
  }

  /** The value of a header as it may be shown. */
  public String header(String name, String value) {
    if (!redaction.headers().contains(name)) {
      return value;
    }
    return name.equalsIgnoreCase(API_KEY) ? ExecutionLog.masked(value) : HIDDEN;
  }

  /** An API key as the vendor's logs show it. */
  public static String apiKey(String value) {
    return ExecutionLog.masked(value);
  }

  /** The value of a parameter of query or path as it may be shown. */
  public String parameter(String name, String value) {
    return redaction.parameters().contains(name) ? HIDDEN : value;
  }

  /** A query's parameters by name; as it came where it cannot be decoded. */
  Map<String, String> query(String raw) {
    Map<String, String> shown = new LinkedHashMap<>();
    try {
      PercentCoding.decodeQuery(raw)
          .forEach((name, values) -> shown.put(name, parameter(name, String.join(",", values))));
    } catch (ApiError malformed) {
      shown.put(PairMask.mask(raw, redaction), "");
    }
    return shown;
  }

  /** An address with its query. */
  String address(String url) {
    return PairMask.mask(url, redaction);
  }

  /** Free text, as a function writes it: it may hold JSON and {@code name=value}. */
  public String text(String text) {
    return PairMask.mask(MemberMask.mask(text, redaction), redaction);
  }

  /** The beginning of a content, as far as it is in hand and is text. */
  String body(Body body) {
    byte[] bytes =
        switch (body) {
          case Body.Bytes(byte[] whole) -> whole;
          case Body.Stream stream -> stream.remembered();
          default -> new byte[0];
        };
    int shown = Math.min(bytes.length, MethodLogging.SHOWN_OF_A_BODY);
    boolean whole = shown == bytes.length;
    if (!whole) {
      shown = wholeCharacters(bytes, shown);
    }
    String text = new String(bytes, 0, shown, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0 || text.indexOf('\0') >= 0) {
      return "[Binary Data]"; // or UTF-16, in which no name would be found
    }
    return whole ? text(text) : text(withoutPartOfASecret(text)) + ExecutionLog.TRUNCATED;
  }

  /** Leaves a character out that the end would cut. */
  private static int wholeCharacters(byte[] utf8, int end) {
    int from = end;
    while (from > 0 && end - from < 3 && (utf8[from - 1] & 0xc0) == 0x80) {
      from--;
    }
    return from > 0 && (utf8[from - 1] & 0xc0) == 0xc0 ? from - 1 : end;
  }

  /** A secret that the end has cut is not found by its value. */
  private String withoutPartOfASecret(String text) {
    String clean = text;
    for (Secret secret : values) {
      int most = Math.min(secret.value().length() - 1, clean.length());
      for (int length = most; length >= SHORTEST / 2; length--) {
        if (clean.regionMatches(clean.length() - length, secret.value(), 0, length)) {
          clean = clean.substring(0, clean.length() - length);
          break;
        }
      }
    }
    return clean;
  }
}
