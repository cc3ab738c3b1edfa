package io.gatehouse.admin.console.functions;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import io.gatehouse.admin.console.parts.Toast;
import java.util.Optional;

/** Takes a zip archive from the user's machine. */
class ArchiveUpload extends Div {

  private static final int LARGEST = 50 * 1024 * 1024;

  private Optional<byte[]> archive = Optional.empty();

  /**
   * @param received what follows when there is one
   */
  ArchiveUpload(Runnable received) {
    Upload upload =
        new Upload(
            UploadHandler.inMemory(
                (file, bytes) -> {
                  archive = Optional.of(bytes);
                  received.run();
                }));
    upload.setMaxFiles(1);
    upload.setMaxFileSize(LARGEST);
    upload.setAcceptedFileTypes(".zip", "application/zip");
    upload.setUploadButton(new Button("Upload a zip archive"));
    upload.addFileRejectedListener(
        rejected -> Toast.refused(rejected.getErrorMessage() + " (at most 50 MB, .zip)"));
    add(upload);
  }

  Optional<byte[]> archive() {
    return archive;
  }
}
