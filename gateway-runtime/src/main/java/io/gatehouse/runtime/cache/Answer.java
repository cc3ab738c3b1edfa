package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An integration's answer after its mapping, without what belongs to the one request that it was
 * made for.
 *
 * @param headers names and values in turns
 * @param traced whether it carries the trace id of the request that is served
 */
record Answer(int status, List<String> headers, byte[] body, boolean traced) {

  private static final String TRACE = "X-Amzn-Trace-Id";

  static Answer of(Response response, byte[] body) {
    List<String> headers = new ArrayList<>();
    response
        .headers()
        .forEach(
            (name, value) -> {
              if (!name.equalsIgnoreCase(TRACE)) {
                headers.add(name);
                headers.add(value);
              }
            });
    boolean traced = response.headers().first(TRACE) != null;
    return new Answer(response.status(), List.copyOf(headers), body, traced);
  }

  /** As it answers another exchange. */
  Response to(Exchange x) {
    HeaderList out = new HeaderList();
    for (int i = 0; i < headers.size(); i += 2) {
      out.add(headers.get(i), headers.get(i + 1));
    }
    if (traced) {
      out.add(TRACE, x.traceId());
    }
    return new Response(status, out, new Body.Bytes(body));
  }

  /** That its body is in; null for none. */
  String coding() {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase("Content-Encoding")) {
        return headers.get(i + 1).strip();
      }
    }
    return null;
  }

  /** The names of headers that it depends on, as its backend says. */
  List<String> varying() {
    List<String> names = List.of();
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase("Vary")) {
        names = names.isEmpty() ? new ArrayList<>() : names;
        for (String name : headers.get(i + 1).split(",")) {
          names.add(name.strip());
        }
      }
    }
    return names;
  }

  /** The same with its body, which came later. */
  Answer with(byte[] whole) {
    return new Answer(status, headers, whole, traced);
  }

  /** Whether a caller would see no difference. */
  boolean tellsTheSame(Answer other) {
    return status == other.status && Arrays.equals(body, other.body);
  }

  /** Bytes, about. */
  int weight() {
    int weight = 128 + body.length;
    for (String field : headers) {
      weight += 48 + field.length();
    }
    return weight;
  }
}
