package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Exchange;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A kept answer past its time, and a backend that fails. */
class StaleIfErrorTest {

  private static final String PATH = "/_aws/execute-api/stale/dev/pets";

  private CountingBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new CountingBackend();
    door = new Door(backend.egress(), 100);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private void serve(String seconds) throws Exception {
    SampleApi api =
        api("stale")
            .proxy("GET", "/pets", backend.url() + "/pets")
            .stage(
                stage ->
                    CachedApi.on(
                        stage,
                        all -> all.cacheTtlInSeconds(60),
                        Map.of(CacheTags.STALE_IF_ERROR, seconds)));
    door.serve(api.snapshot(1));
    door.get(PATH);
    door.exchange();
    door.clockAhead.set(61_000);
  }

  private void fails(RawBackend.Script script) {
    backend.raw.script(script);
  }

  @Test
  void itStandsInForABackendThatAnswersWithAnError() throws Exception {
    serve("120");
    fails((head, out, socket) -> out.write(CountingBackend.answer("503 Oh", "", "oh")));

    String answer = door.get(PATH);

    assertEquals("200", answer.substring(9, 12));
    assertEquals("stale", result(answer));
    assertEquals("answer 1", body(answer));
  }

  @Test
  void itStandsInForABackendThatCannotBeReached() throws Exception {
    serve("120");
    fails((head, out, socket) -> socket.close());

    assertEquals("answer 1", body(door.get(PATH)));
    Exchange x = door.exchange();
    assertNull(x.refusal());
    assertEquals(200, x.status());
  }

  @Test
  void aBackendThatIsWellAgainIsHeardAtOnce() throws Exception {
    serve("120");
    fails((head, out, socket) -> out.write(CountingBackend.answer("503 Oh", "", "oh")));
    door.get(PATH);
    fails((head, out, socket) -> out.write(CountingBackend.answer("well")));

    assertEquals("well", body(door.get(PATH)));
    assertEquals("hit", result(door.get(PATH)));
  }

  @Test
  void itDoesSoForTheTimeThatTheTagSaysAndNoLonger() throws Exception {
    serve("120");
    fails((head, out, socket) -> out.write(CountingBackend.answer("503 Oh", "", "oh")));

    door.clockAhead.set(179_000);
    assertEquals("answer 1", body(door.get(PATH)));
    door.clockAhead.set(181_000);
    assertEquals("oh", body(door.get(PATH)));
  }

  @Test
  void withoutATagItDoesNot() throws Exception {
    serve("no number");
    fails((head, out, socket) -> out.write(CountingBackend.answer("503 Oh", "", "oh")));

    assertEquals("oh", body(door.get(PATH)));
  }

  @Test
  void aCallersOwnMistakeIsToldAsItIs() throws Exception {
    serve("120");
    fails((head, out, socket) -> out.write(CountingBackend.answer("404 Oh", "", "not there")));

    assertEquals("not there", body(door.get(PATH)));
  }
}
