package io.gatehouse.admin.store;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Gives the stores the container's entity manager through their constructors. */
@Dependent
class Rows {

  @Produces
  @PersistenceContext(unitName = "gatehouse")
  EntityManager rows;
}
