package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.Exchange;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What policies may ask of any request, by their condition keys. */
public final class ConditionKeys {

  private ConditionKeys() {}

  public static Map<String, List<String>> of(Exchange x) {
    Map<String, List<String>> keys = new HashMap<>();
    keys.put("aws:SourceIp", List.of(x.request().remoteAddress()));
    keys.put("aws:SecureTransport", List.of(String.valueOf(x.request().scheme().equals("https"))));
    Instant now = Instant.ofEpochMilli(x.startMillis());
    keys.put("aws:CurrentTime", List.of(now.toString()));
    keys.put("aws:EpochTime", List.of(Long.toString(now.getEpochSecond())));
    header(x, "User-Agent", "aws:UserAgent", keys);
    header(x, "Referer", "aws:Referer", keys);
    return keys;
  }

  private static void header(Exchange x, String name, String key, Map<String, List<String>> keys) {
    String value = x.request().headers().first(name);
    if (value != null) {
      keys.put(key, List.of(value));
    }
  }
}
