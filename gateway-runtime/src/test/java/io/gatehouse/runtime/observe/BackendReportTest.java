package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.BackendStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackendReportTest {

  private static final BackendStatus DOWN =
      new BackendStatus("111", "https://a.test:443", "", "1.2.3.4:443", "open", 5, 7, "refused");
  private static final BackendStatus TARGET =
      new BackendStatus("222", "vpclink:l1", "l1", "10.0.0.5:80", "healthy", 6, 0, "");

  @Test
  void anAccountIsToldOfItsOwnBackendsAlone() {
    assertEquals(
        Map.of(
            "111",
            """
            [{"backend":"https://a.test:443","link":null,"address":"1.2.3.4:443","state":"open",\
            "since":5,"failures":7,"lastFailure":"refused"}]""",
            "222",
            """
            [{"backend":"vpclink:l1","link":"l1","address":"10.0.0.5:80","state":"healthy",\
            "since":6,"failures":0,"lastFailure":""}]"""),
        BackendReport.byAccount(List.of(DOWN, TARGET)));
  }

  @Test
  void theOperatorIsToldOfAllWithTheirAccounts() {
    String all = BackendReport.all(List.of(DOWN, TARGET));
    assertTrue(all.contains("\"account\":\"111\"") && all.contains("\"account\":\"222\""), all);
  }

  @Test
  void metricsCountByStateAndNameOnlySomeOfThoseThatAreNotWell() {
    List<BackendStatus> statuses = new ArrayList<>(List.of(DOWN, TARGET));
    try (Metrics metrics = new Metrics()) {
      metrics.backends(() -> 3, () -> statuses);
      String scrape = metrics.scrape();
      assertTrue(scrape.contains("gatehouse_backend_addresses{state=\"healthy\"} 3.0"), scrape);
      assertTrue(scrape.contains("gatehouse_backend_addresses{state=\"open\"} 1.0"), scrape);
      assertTrue(
          scrape.contains(
              "gatehouse_backend_failures{account=\"111\",address=\"1.2.3.4:443\","
                  + "backend=\"https://a.test:443\",state=\"open\"} 7.0"),
          scrape);
      assertFalse(scrape.contains("10.0.0.5"), scrape);
      for (int i = 0; i < 500; i++) {
        statuses.add(
            new BackendStatus("1", "http://b:" + i, "", "1.2.3.4:" + i, "unhealthy", 5, 7, "x"));
      }
      assertEquals(
          100,
          metrics
              .scrape()
              .lines()
              .filter(l -> l.startsWith("gatehouse_backend_failures{"))
              .count());
      statuses.clear();
      assertFalse(
          metrics.scrape().contains("gatehouse_backend_failures{"), "those that are well again");
    }
  }
}
