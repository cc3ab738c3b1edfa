package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.Functions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A function host whose functions do what a test says; remembers what they were asked. */
public final class ScriptedFunctions implements Functions {

  /** What functions do when they are called. */
  public interface Script {
    void run(FunctionCall call, Reply reply);
  }

  public final BlockingQueue<FunctionCall> received = new LinkedBlockingQueue<>();
  private volatile Script script = (call, reply) -> {};
  private volatile boolean allowed = true;

  public void script(Script next) {
    script = next;
  }

  /** Whether accounts may have functions here. */
  public void allowed(boolean whether) {
    allowed = whether;
  }

  @Override
  public boolean hosts(String account) {
    return allowed;
  }

  @Override
  public void invoke(FunctionCall call, Reply reply) {
    received.add(call);
    script.run(call, reply);
  }
}
