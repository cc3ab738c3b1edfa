package io.gatehouse.runtime.functions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where functions run on this machine, made ready once when a node starts.
 *
 * @param runtime what the host brings along for functions
 * @param environments folder for the files of running functions
 */
record Place(Path runtime, Path environments, Sandbox sandbox, Runtimes runtimes) {

  /** Waits for the system's tools. */
  static Place prepare(Path folder, HostSettings host, Uids uids) throws IOException {
    Path runtime = folder.resolve("runtime");
    Path environments = folder.resolve("environments");
    Files.createDirectories(folder);
    DiskUse.delete(environments);
    Files.createDirectories(environments);
    Runtimes.unpack(runtime);
    for (Path open : new Path[] {folder, environments}) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
    }
    Sandbox sandbox = Sandbox.tryOut(host.isolation(), runtime, host.uids().first());
    if (sandbox.ownUsers()) {
      uids.sweep();
    }
    Runtimes.Interpreters interpreters =
        Runtimes.Interpreters.find(host, System.getProperty("java.home"), sandbox.ownUsers());
    return new Place(runtime, environments, sandbox, new Runtimes(interpreters));
  }
}
