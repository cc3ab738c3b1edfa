package io.gatehouse.admin.store;

import io.gatehouse.model.wire.Wire;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import software.amazon.awssdk.services.apigateway.model.DomainNameAccessAssociation;

/** From where a private domain name may be reached. */
@Entity
@Table(name = "domain_access")
public class StoredDomainAccess extends StoredRow {

  @Column(name = "domain_ordinal")
  private long domainOrdinal;

  private String arn;

  private String body;

  protected StoredDomainAccess() {}

  StoredDomainAccess(StoredDomain domain, DomainNameAccessAssociation body) {
    super(domain.account());
    this.domainOrdinal = domain.ordinal();
    this.arn = body.domainNameAccessAssociationArn();
    replace(body);
  }

  void replace(DomainNameAccessAssociation next) {
    body = Documents.text(Wire.write(next));
  }

  public DomainNameAccessAssociation body() {
    return Wire.read(Documents.json(body), DomainNameAccessAssociation.builder());
  }

  public String arn() {
    return arn;
  }
}
