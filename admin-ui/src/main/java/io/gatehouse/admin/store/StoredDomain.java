package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.apigateway.model.DomainName;

/** A custom domain name. */
@Entity
@Table(name = "domain_name")
public class StoredDomain extends StoredRow {

  private String name;

  /** Empty for public names: only private ones are told apart by an id. */
  @Column(name = "domain_id")
  private String domainId;

  /** What nodes answer to; null for private names. */
  @Column(name = "served_name")
  private String servedName;

  /** The served name without its first label; null for private names. */
  @Column(name = "parent_name")
  private String parentName;

  private String body;

  private long revision;

  protected StoredDomain() {}

  StoredDomain(String account, DomainName body, long revision) {
    super(account);
    this.name = body.domainName();
    this.domainId = body.domainNameId() == null ? "" : body.domainNameId();
    if (domainId.isEmpty()) {
      this.servedName = name;
      this.parentName = name.substring(name.indexOf('.') + 1);
    }
    replace(body, revision);
  }

  void replace(DomainName next, long newRevision) {
    body = Documents.text(Wire.write(next));
    revision = newRevision;
  }

  StoredDomain touch(long newRevision) {
    revision = newRevision;
    return this;
  }

  public DomainName body() {
    return Wire.read(Documents.json(body), DomainName.builder());
  }

  public String name() {
    return name;
  }

  /** Whether nodes answer to the name. */
  public boolean isServed() {
    return servedName != null;
  }

  public long revision() {
    return revision;
  }
}
