package io.gatehouse.runtime.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceTest {

  private static final String ROOT = "Root=1-5759e988-bd862e3fe1be46a994272793";

  private final Random random = new Random(7);

  private Trace read(String header) {
    return Trace.of(header, random, () -> true);
  }

  @Test
  void aTraceGoesOnUnderItsIdWithOurSpanAsTheBackendsParent() {
    Trace trace = read(ROOT + ";Parent=53995c3f42cd8ad8;Sampled=1");
    assertEquals("5759e988bd862e3fe1be46a994272793", trace.id());
    assertEquals("53995c3f42cd8ad8", trace.parent());
    assertTrue(trace.span().matches("[0-9a-f]{16}"));
    assertNotEquals(trace.span(), trace.backendSpan());
    assertEquals(ROOT + ";Parent=" + trace.backendSpan() + ";Sampled=1", trace.header());
  }

  @Test
  void whatTheCallerDecidedIsKeptToAndElseWeDecide() {
    assertFalse(read(ROOT + ";Sampled=0").sampled());
    assertTrue(Trace.of(ROOT + ";Sampled=1", random, () -> false).sampled());
    assertTrue(read(ROOT + ";Sampled=?").sampled());
    assertFalse(Trace.of(ROOT, random, () -> false).sampled());
    assertTrue(Trace.of(ROOT, random, () -> false).header().endsWith(";Sampled=0"));
  }

  @Test
  void partsMayComeInAnyOrderWithOthersBetween() {
    Trace trace = read("Root=1-5759e988-bd862e3fe1be46a994272793; Sampled=0;Self=1-2;Parent=x");
    assertEquals("", trace.parent());
    assertFalse(trace.sampled());
  }

  @Test
  void whatIsNoTraceIsNotTaken() {
    assertNull(read("Root=1-2-3"));
    assertNull(read("Root=2-5759e988-bd862e3fe1be46a994272793"));
    assertNull(read("Root=1-5759e988-bd862e3fe1be46a99427279G"));
    assertNull(read("Root=1-5759e988-bd862e3fe1be46a994272793a"));
    assertNull(read("Parent=53995c3f42cd8ad8"));
    assertNull(read(";;;="));
  }
}
