package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;

import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Cases on the operations of one house on one database; each finds an API of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnOneDatabase {

  final Database.Kind kind;
  House house;
  String apiId;

  OnOneDatabase(Database.Kind kind) {
    this.kind = kind;
  }

  @BeforeAll
  void open() {
    house = new House(Database.open(kind));
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  @BeforeEach
  void anApi() {
    apiId = house.ids.restApi();
    house.run(() -> house.kit.apis.create(ALICE, Kit.mock(apiId)));
    house.published.clear();
  }
}
