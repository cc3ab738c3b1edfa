package io.gatehouse.admin.store;

import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;

/**
 * Sees every row of every entity come and go, and tells whoever watches the thread. Where nobody
 * does, as when something is only read, it does nothing.
 */
public class RowListener {

  @PostLoad
  public void loaded(StoredRow row) {
    RowChanges.watching().ifPresent(changes -> changes.loaded(row));
  }

  @PostPersist
  public void made(StoredRow row) {
    RowChanges.watching().ifPresent(changes -> changes.made(row));
  }

  @PostUpdate
  public void changed(StoredRow row) {
    RowChanges.watching().ifPresent(changes -> changes.changed(row));
  }

  @PostRemove
  public void removed(StoredRow row) {
    RowChanges.watching().ifPresent(changes -> changes.removed(row));
  }
}
