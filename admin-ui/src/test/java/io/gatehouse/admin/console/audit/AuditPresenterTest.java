package io.gatehouse.admin.console.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.audit.AuditPresenter.Search;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.AuditRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditPresenterTest {

  private static final Caller CALLER =
      new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);
  private static final Caller PLATFORM =
      new Caller(Caller.PLATFORM_ACCOUNT, "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private final List<String> asked = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private final AuditPresenter presenter =
      new AuditPresenter(
          new FakeRecords(),
          () -> CALLER,
          () -> PLATFORM,
          (records, more) -> shown.add(records.size() + (more ? " and more" : "")));

  @Test
  void olderRecordsAreAddedToThoseThatAreShown() {
    presenter.search(new Search("a1", "ann", "Update", false));
    presenter.older();
    presenter.older();

    assertEquals(List.of("tenant a1 ann Update from -", "tenant a1 ann Update from next"), asked);
    assertEquals(List.of("2 and more", "4"), shown);
  }

  @Test
  void aNewSearchBeginsAtTheNewest() {
    presenter.search(new Search("", "", "", false));
    presenter.search(new Search("b2", "", "", false));

    assertEquals("tenant b2   from -", asked.getLast());
    assertEquals("2 and more", shown.getLast());
  }

  @Test
  void thePlatformsRecordsAreAskedForSeparately() {
    presenter.search(new Search("", "", "", true));

    assertEquals(List.of("platform    from -"), asked);
  }

  private final class FakeRecords extends AuditRecords {

    @Override
    public Records tenantRecords(Caller caller, Asked in) {
      return page("tenant", in);
    }

    @Override
    public Records platformRecords(Caller caller, Asked in) {
      return page("platform", in);
    }

    private Records page(String whose, Asked in) {
      asked.add(
          "%s %s %s %s from %s"
              .formatted(
                  whose, in.resource(), in.principal(), in.operation(), in.position().orElse("-")));
      AuditRecord record =
          new AuditRecord(
              Instant.EPOCH, "p", Caller.Door.CONSOLE, "", "o", "r", "Success", "", "", "");
      return new Records(
          List.of(record, record),
          in.position().isEmpty() ? Optional.of("next") : Optional.empty());
    }
  }
}
