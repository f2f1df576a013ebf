def log = new File(basedir, 'build.log').text
assert log.contains('consumed 42')
assert log.contains('Channel is in unnamed module')
