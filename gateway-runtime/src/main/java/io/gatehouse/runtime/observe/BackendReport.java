package io.gatehouse.runtime.observe;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.runtime.exchange.BackendStatus;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How backends fare, as this node tells it to operators and to the control plane. */
public final class BackendReport {

  /** Of one account, or of all for operators; more would be read by nobody. */
  private static final int MOST = 1000;

  private BackendReport() {}

  /** All of them, each with its account, as a JSON array. */
  public static String all(Collection<BackendStatus> statuses) {
    JsonArrayBuilder out = JSON.createArrayBuilder();
    statuses.stream()
        .limit(MOST)
        .forEach(status -> out.add(json(status).add("account", status.account())));
    return out.build().toString();
  }

  /** A JSON array for each account that has any. */
  public static Map<String, String> byAccount(List<BackendStatus> statuses) {
    Map<String, JsonArrayBuilder> byAccount = new HashMap<>();
    Map<String, Integer> told = new HashMap<>();
    for (BackendStatus status : statuses) {
      if (told.merge(status.account(), 1, Integer::sum) <= MOST) {
        byAccount
            .computeIfAbsent(status.account(), account -> JSON.createArrayBuilder())
            .add(json(status));
      }
    }
    Map<String, String> texts = new HashMap<>();
    byAccount.forEach((account, array) -> texts.put(account, array.build().toString()));
    return texts;
  }

  private static JsonObjectBuilder json(BackendStatus status) {
    JsonObjectBuilder out = JSON.createObjectBuilder().add("backend", status.backend());
    if (status.link().isEmpty()) {
      out.addNull("link");
    } else {
      out.add("link", status.link());
    }
    return out.add("address", status.address())
        .add("state", status.state())
        .add("since", status.since())
        .add("failures", status.failures())
        .add("lastFailure", status.lastFailure());
  }
}
