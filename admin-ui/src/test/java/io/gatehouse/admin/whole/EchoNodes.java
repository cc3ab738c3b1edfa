package io.gatehouse.admin.whole;

import io.gatehouse.admin.publish.NodeFunctions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes on which every function returns what it is given, unless told otherwise. */
public final class EchoNodes implements NodeFunctions {

  private final List<Invocation> invocations = new ArrayList<>();
  private Optional<Answer> prepared = Optional.empty();
  private boolean away;

  @Override
  public Answer invoke(Invocation invocation) throws Unavailable {
    if (away) {
      throw new Unavailable("no gateway node can be reached");
    }
    invocations.add(invocation);
    return prepared.orElseGet(() -> echo(invocation));
  }

  private static Answer echo(Invocation invocation) {
    Map<String, String> headers = new HashMap<>();
    headers.put("x-amz-executed-version", "$LATEST");
    if (invocation.wantsLogTail()) {
      headers.put("x-amz-log-result", "bG9n");
    }
    return invocation.event()
        ? new Answer(202, Map.of(), new byte[0])
        : new Answer(200, headers, invocation.payload());
  }

  /** From now on they answer so. */
  public void answering(Answer answer) {
    prepared = Optional.of(answer);
  }

  /** From now on they echo. */
  public void echoing() {
    prepared = Optional.empty();
    away = false;
  }

  /** From now on there are none. */
  public void away() {
    away = true;
  }

  /** So far, the last one last. */
  public List<Invocation> invocations() {
    return List.copyOf(invocations);
  }
}
