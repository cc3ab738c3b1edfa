package io.gatehouse.admin.console.resources;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person has tried methods with in this session, method by method. */
final class RecentTests implements Serializable {

  private static final long serialVersionUID = 1;

  static final int MOST = 30;

  /** Longer ones are not worth their room in the session. */
  static final int LONGEST_BODY = 64 << 10;

  private final Map<List<String>, TestCall> calls = new LinkedHashMap<>();

  void used(String account, TestedMethod method, TestCall call) {
    List<String> key = key(account, method);
    calls.remove(key);
    calls.put(key, call.body().length() > LONGEST_BODY ? withoutBody(call) : call);
    if (calls.size() > MOST) {
      calls.remove(calls.keySet().iterator().next());
    }
  }

  Optional<TestCall> of(String account, TestedMethod method) {
    return Optional.ofNullable(calls.get(key(account, method)));
  }

  private static TestCall withoutBody(TestCall call) {
    return new TestCall(
        call.verb(),
        call.path(),
        call.query(),
        call.headers(),
        "",
        call.variables(),
        call.certificate());
  }

  private static List<String> key(String account, TestedMethod method) {
    return List.of(account, method.apiId(), method.resourceId(), method.verb());
  }
}
