package io.gatehouse.admin.publish;

import java.time.Duration;
import java.util.Map;

/** The function hosts of the nodes, for invocations that come through the control plane. */
public interface NodeFunctions {

  /**
   * One invocation that the control plane has let through.
   *
   * @param qualifier a version or alias; empty for the version that changes
   * @param payload JSON
   * @param event whether nobody waits for what the function returns
   * @param clientContext base64, as its caller sent it; empty for none
   * @param longest how long to wait
   */
  record Invocation(
      String account,
      String function,
      String qualifier,
      byte[] payload,
      boolean event,
      boolean wantsLogTail,
      String clientContext,
      String traceId,
      Duration longest) {}

  /** What Lambda's Invoke would answer over HTTP; headers by name in lower case. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * Waits for a node's answer.
   *
   * @throws Unavailable when there is none to be had
   */
  Answer invoke(Invocation invocation) throws Unavailable;

  /** No node could be asked, or none answered. */
  final class Unavailable extends Exception {
    public Unavailable(String sentence) {
      super(sentence);
    }
  }
}
