package io.gatehouse.admin.store;

import jakarta.persistence.EntityListeners;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.SequenceGenerator;

/**
 * What every row has: its place in the order of creation, by which listings are paged, and its
 * tenant.
 */
@MappedSuperclass
@EntityListeners(RowListener.class)
public class StoredRow {

  @Id
  @SequenceGenerator(name = "ordinals", sequenceName = "ordinal_seq", allocationSize = 1)
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "ordinals")
  private long ordinal;

  private String account;

  protected StoredRow() {}

  protected StoredRow(String account) {
    this.account = account;
  }

  public String account() {
    return account;
  }

  long ordinal() {
    return ordinal;
  }
}
