package io.gatehouse.admin.store;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Gives the stores the container's entity manager through their constructors. */
@Dependent
class Rows {

  @PersistenceContext(unitName = "gatehouse")
  EntityManager rows;

  /**
   * Refused until the tables are there: EclipseLink gives a persistence unit up for good when its
   * first connection fails.
   */
  @Produces
  EntityManager rows(DatabaseState state) {
    state.require();
    return rows;
  }
}
