package io.gatehouse.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Trace;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the gateway does with the trace that a request belongs to. */
class TracedExchangesTest {

  private static final String ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";
  private static final Pattern HEADER =
      Pattern.compile("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=[01]");

  private static SampleApi api(boolean traces) {
    return SampleApi.api("traced0001", "dev")
        .mock("GET", "/x", 200, "{}")
        .stage(stage -> stage.tracingEnabled(traces));
  }

  private static Trace trace(boolean traces, String... headers) throws Exception {
    try (Door door = new Door("", 10)) {
      door.serve(api(traces).snapshot(1));
      door.get("/_aws/execute-api/traced0001/dev/x", headers);
      Exchange x = door.exchange();
      assertEquals(x.trace() == null ? ROOT : x.trace().header(), x.traceId());
      return x.trace();
    }
  }

  @Test
  void aStageThatTracesBeginsATraceOrGoesOnWithTheCallers() throws Exception {
    Trace begun = trace(true);
    assertEquals("", begun.parent());
    assertTrue(begun.sampled(), "the first one");
    assertTrue(HEADER.matcher(begun.header()).matches(), begun.header());

    Trace goesOn = trace(true, "X-Amzn-Trace-Id: " + ROOT + ";Parent=53995c3f42cd8ad8;Sampled=0");
    assertEquals("53995c3f42cd8ad8", goesOn.parent());
    assertTrue(goesOn.header().startsWith(ROOT + ";Parent="));
    assertTrue(goesOn.header().endsWith(";Sampled=0"));
  }

  @Test
  void aStageThatDoesNotTracePassesOnWhatCame() throws Exception {
    assertNull(trace(false, "X-Amzn-Trace-Id: " + ROOT));
  }
}
