package io.gatehouse.admin.awsface;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer, whole. */
record Answer(int status, Map<String, String> headers, byte[] body) {

  Answer {
    headers = Map.copyOf(headers);
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
