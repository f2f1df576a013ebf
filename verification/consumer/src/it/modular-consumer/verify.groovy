def log = new File(basedir, 'build.log').text
assert log.contains('consumed 42')
assert log.contains('Channel is in module dev.touchstone.concurrency')
assert log.contains('ApiClient is in module dev.touchstone.apiclient')
assert log.contains('EventBus is in module dev.touchstone.patterns')
