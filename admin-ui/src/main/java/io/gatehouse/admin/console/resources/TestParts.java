package io.gatehouse.admin.console.resources;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.ClientCertificates;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.TestInvocations;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** What a test of a method is made with. */
@Dependent
public class TestParts {

  private final TestInvocations tests;
  private final Stages stages;
  private final ClientCertificates certificates;
  private final Addresses addresses;
  private final ConsoleCaller console;
  private final LiveUpdates live;

  @Inject
  public TestParts(
      TestInvocations tests,
      Stages stages,
      ClientCertificates certificates,
      Addresses addresses,
      ConsoleCaller console,
      LiveUpdates live) {
    this.tests = tests;
    this.stages = stages;
    this.certificates = certificates;
    this.addresses = addresses;
    this.console = console;
    this.live = live;
  }

  TestTab tab(TestedMethod method) {
    return new TestTab(
        new TestPresenter(tests, stages, certificates, addresses, method), method, console, live);
  }
}
