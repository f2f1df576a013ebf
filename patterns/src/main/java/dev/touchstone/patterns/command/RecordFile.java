package dev.touchstone.patterns.command;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of records, each protected by its length and a checksum. Not for several threads. */
final class RecordFile implements Closeable {

  /*
   * The file starts with a magic text and a number. A record is
   *
   *   length of the payload : int, checksum : int, durable : long, payload
   *
   * where durable is the offset up to which the file was known to be on the disk when the record was
   * written, and the checksum is the CRC-32C of the record's offset, its length, durable and payload.
   * The offset is in it so that bytes that look like a record, inside of a payload for instance, are
   * not taken for one.
   *
   * A record that does not check may be what a crash left of a write that nobody was told had
   * succeeded. That is so if no good record follows that claims more to be durable than what came
   * before the bad one; the rest of the file is then cut off. (Good records may follow without such
   * a claim: the disk may write the later of two blocks first.) Otherwise something that was
   * acknowledged is gone, and that must be said.
   *
   * Source: the write-ahead log of LevelDB for the framing; Pillai et al., All File Systems Are Not
   * Created Equal, OSDI 2014, for what a crash may leave.
   */

  private static final Logger log = LoggerFactory.getLogger(RecordFile.class);

  static final int MAX_PAYLOAD = 64 << 20;
  static final int HEADER = 16;

  private static final int RECORD_HEADER = 16;
  private static final int WINDOW = 1 << 20;
  private static final byte[] MAGIC = "TSRECS-1".getBytes(StandardCharsets.US_ASCII);

  private final Path path;
  private final Disk.DiskFile file;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer writing = ByteBuffer.allocate(4096);

  private ByteBuffer window = ByteBuffer.allocate(0); // the bytes from windowStart on
  private long windowStart;
  private long number;

  private RecordFile(Path path, Disk.DiskFile file) {
    this.path = path;
    this.file = file;
  }

  /** Creates a file without records, durably, apart from its name. What is there is overwritten. */
  static RecordFile create(Disk disk, Path path, long number) throws IOException {
    var created = new RecordFile(path, disk.open(path));
    try {
      created.file.truncate(0);
      var header = ByteBuffer.allocate(HEADER).put(MAGIC).putLong(number).flip();
      created.file.write(header, 0);
      created.file.force();
      created.number = number;
      return created;
    } catch (Throwable e) {
      created.file.close();
      throw e;
    }
  }

  /** Opens a file; its header is checked, its records are not. */
  static RecordFile open(Disk disk, Path path, long number) throws IOException {
    var opened = new RecordFile(path, disk.open(path));
    try {
      opened.readHeader();
      if (opened.number != number) {
        throw new CorruptJournalException(
            path, MAGIC.length, "it says that it is number " + opened.number);
      }
      return opened;
    } catch (Throwable e) {
      opened.file.close();
      throw e;
    }
  }

  private void readHeader() throws IOException {
    var header = ByteBuffer.allocate(HEADER);
    file.read(header, 0);
    var magic = Arrays.copyOf(header.array(), MAGIC.length);
    if (header.hasRemaining() || !Arrays.equals(magic, MAGIC)) {
      throw new CorruptJournalException(path, 0, "it does not begin as a file of records does");
    }
    number = header.getLong(MAGIC.length);
  }

  /** Returns the number in the header. */
  long number() {
    return number;
  }

  Path path() {
    return path;
  }

  /**
   * Writes a record at the end of the file, as the caller knows it, and returns the new end.
   *
   * @param durable up to where the file is known to be on the disk
   */
  long append(byte[] payload, long end, long durable) throws IOException {
    int length = RECORD_HEADER + payload.length;
    var bytes = buffer(length);
    bytes.putInt(payload.length).putInt(checksum(end, durable, payload, 0, payload.length));
    bytes.putLong(durable).put(payload).flip();
    file.write(bytes, end);
    return end + length;
  }

  private ByteBuffer buffer(int length) {
    if (length > WINDOW) {
      return ByteBuffer.allocate(length);
    }
    if (length > writing.capacity()) {
      writing = ByteBuffer.allocate(Math.min(WINDOW, 2 * length));
    }
    return writing.clear();
  }

  void force() throws IOException {
    file.force();
  }

  /** Returns the record at an offset, or null if there is no good one. */
  @Nullable
  Stored read(long offset) throws IOException {
    if (!load(offset, RECORD_HEADER)) {
      return null;
    }
    int at = (int) (offset - windowStart);
    int length = window.getInt(at);
    if (length < 0 || length > MAX_PAYLOAD || !load(offset, RECORD_HEADER + length)) {
      return null;
    }
    at = (int) (offset - windowStart);
    long durable = window.getLong(at + 8);
    int start = at + RECORD_HEADER;
    if (window.getInt(at + 4) != checksum(offset, durable, window.array(), start, length)) {
      return null;
    }
    var payload = Arrays.copyOfRange(window.array(), start, start + length);
    return new Stored(payload, offset + RECORD_HEADER + length);
  }

  /** Makes the window hold some bytes; returns false if the file ends before. */
  private boolean load(long offset, int length) throws IOException {
    if (offset >= windowStart && offset + length <= windowStart + window.limit()) {
      return true;
    }
    if (offset + length > file.size()) {
      return false;
    }
    window = ByteBuffer.allocate(Math.max(WINDOW, length));
    windowStart = offset;
    file.read(window, offset);
    window.flip();
    return length <= window.limit();
  }

  /**
   * Cuts off what a crash left of unacknowledged records.
   *
   * @param end where the first record begins that is not good
   * @throws CorruptJournalException if what is not good there was acknowledged
   */
  void cutOff(long end) throws IOException {
    long size = file.size();
    if (size == end) {
      return;
    }
    for (long offset = end + 1; offset + RECORD_HEADER <= size; offset++) {
      if (claimsMoreThan(end, offset) && read(offset) != null) {
        throw new CorruptJournalException(
            path,
            end,
            "the record there is damaged, but was on the disk before the one at offset " + offset);
      }
    }
    log.warn(
        "{} ends with {} bytes that were never confirmed and are no whole record; they are cut off",
        path,
        size - end);
    file.truncate(end);
    file.force();
    window = ByteBuffer.allocate(0);
  }

  /**
   * Returns whether a record at an offset would say that more is durable than what came before an
   * end. Few bytes that are no record do, and only those are worth a checksum.
   */
  private boolean claimsMoreThan(long end, long offset) throws IOException {
    if (!load(offset, RECORD_HEADER)) {
      return false;
    }
    long durable = window.getLong((int) (offset - windowStart) + 8);
    return durable > end && durable <= offset;
  }

  private int checksum(long offset, long durable, byte[] payload, int from, int length) {
    crc.reset();
    crc.update(
        ByteBuffer.allocate(20).putLong(offset).putInt(length).putLong(durable).flip());
    crc.update(payload, from, length);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * A record that was read.
   *
   * @param payload its content
   * @param end the offset behind it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(byte[] payload, long end) {}
}
