package io.gatehouse.model.observed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinuteRecordTest {

  private static final Series STAGE = Series.ofStage("111111111111", "a1b2c3", "prod/Canary");
  private final Random random = new Random(7);

  private static Figures figures(int status, long... micros) {
    Figures figures = new Figures();
    for (long one : micros) {
      figures.request(status, one);
      figures.integration(one / 2);
      figures.cache(one % 2 == 0);
    }
    return figures;
  }

  @Test
  void aRecordComesBackAsItWasSent() throws IOException {
    Series method = STAGE.method("GET", "/pets/{petId}");
    MinuteRecord sent =
        new MinuteRecord(
            29_000_000,
            Map.of(STAGE, figures(503, 1000, 2001, 0), method, figures(404, 4_000_000_000L)));

    MinuteRecord read = MinuteRecord.decode(sent.encode());

    assertEquals(29_000_000, read.epochMinute());
    assertEquals(sent.figures().keySet(), read.figures().keySet());
    Figures stage = read.figures().get(STAGE);
    assertEquals(3, stage.count());
    assertEquals(3, stage.error5xx());
    assertEquals(0, stage.error4xx());
    assertEquals(2, stage.cacheHits());
    assertEquals(1, stage.cacheMisses());
    assertEquals(3001, stage.latency().sum());
    assertEquals(0, stage.latency().min());
    assertEquals(2001, stage.latency().max());
    assertEquals(1500, stage.integrationLatency().sum());
    assertEquals(1, read.figures().get(method).error4xx());
    assertEquals(3_600_000_000L, read.figures().get(method).latency().max(), "the longest");
  }

  @Test
  void percentilesOfPartsThatWereAddedAreThoseOfTheWhole() throws IOException {
    Figures whole = new Figures();
    Figures added = new Figures();
    long[] all = new long[5_000];
    for (int node = 0; node < 5; node++) {
      Figures part = new Figures();
      for (int i = 0; i < 1_000; i++) {
        long micros = (long) Math.exp(random.nextDouble() * 15);
        all[node * 1_000 + i] = micros;
        whole.request(200, micros);
        part.request(200, micros);
      }
      added.add(Figures.of(part.bytes()));
    }
    Arrays.sort(all);

    for (double percent : new double[] {1, 50, 90, 95, 99, 99.9, 100}) {
      long exact = all[(int) Math.ceil(percent / 100 * all.length) - 1];
      assertEquals(whole.latency().percentile(percent), added.latency().percentile(percent));
      assertEquals(exact, added.latency().percentile(percent), exact * 0.01 + 1, "p" + percent);
    }
    assertEquals(whole.latency().sum(), added.latency().sum());
  }

  @Test
  void nothingRecordedIsZeros() throws IOException {
    Figures none = Figures.of(new Figures().bytes());
    none.add(new Figures());

    assertEquals(0, none.count());
    assertEquals(0, none.latency().min());
    assertEquals(0, none.latency().percentile(99));

    none.add(figures(200, 5));
    assertEquals(5, none.latency().min());
  }

  @Test
  void whatIsNoRecordIsRefused() {
    byte[] good = new MinuteRecord(1, Map.of(STAGE, figures(200, 1, 2, 3))).encode();
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      byte[] cut = Arrays.copyOf(good, random.nextInt(good.length / 2));
      assertThrows(IOException.class, () -> MinuteRecord.decode(cut));
      try {
        MinuteRecord.decode(bad);
      } catch (IOException expected) {
        refused++;
      }
    }
    assertTrue(refused > 1_000, refused + " refused");
  }

  @Test
  void aMinuteOfManySeriesIsSmall() {
    Figures figures = new Figures();
    for (int i = 0; i < 1_000; i++) {
      figures.request(200, (long) (3_000 * Math.exp(random.nextGaussian())));
      figures.integration((long) (2_000 * Math.exp(random.nextGaussian())));
    }
    int bytes = new MinuteRecord(1, Map.of(STAGE, figures)).encode().length;
    assertTrue(bytes < 1_500, bytes + " bytes");
  }
}
