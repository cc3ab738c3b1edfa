package io.gatehouse.admin.console.audit;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.AuditRecords;
import io.gatehouse.admin.operations.AuditRecords.Asked;
import io.gatehouse.admin.operations.AuditRecords.AuditRecord;
import io.gatehouse.admin.operations.AuditRecords.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks for records, the newest first, and for older ones page by page. */
final class AuditPresenter {

  interface Screen {
    /**
     * @param more whether there are older ones
     */
    void show(List<AuditRecord> records, boolean more);
  }

  /** What to look for; the platform's records are an operator's only. */
  record Search(String resource, String who, String operation, boolean platform) {

    boolean isEmpty() {
      return resource.isEmpty() && who.isEmpty() && operation.isEmpty();
    }
  }

  private final AuditRecords audit;
  private final Supplier<Caller> caller;
  private final Supplier<Caller> platform;
  private final Screen screen;
  private final List<AuditRecord> found = new ArrayList<>();
  private Search search = new Search("", "", "", false);
  private Optional<String> position = Optional.empty();

  /**
   * @param platform the same person, asking about the platform
   */
  AuditPresenter(
      AuditRecords audit, Supplier<Caller> caller, Supplier<Caller> platform, Screen screen) {
    this.audit = audit;
    this.caller = caller;
    this.platform = platform;
    this.screen = screen;
  }

  void search(Search wanted) {
    search = wanted;
    position = Optional.empty();
    found.clear();
    next();
  }

  /** Adds the next older page to what is shown. */
  void older() {
    if (position.isPresent()) {
      next();
    }
  }

  private void next() {
    Asked asked = new Asked(search.resource(), search.who(), search.operation(), position);
    Records page =
        search.platform()
            ? audit.platformRecords(platform.get(), asked)
            : audit.tenantRecords(caller.get(), asked);
    found.addAll(page.items());
    position = page.position();
    screen.show(List.copyOf(found), position.isPresent());
  }
}
