assert new File(basedir, 'shout/target/shout.jar').isFile()
def report = new File(basedir, 'shout/target/surefire-reports/TEST-plugins.shout.ShoutTransformTest.xml').text
assert report.contains('tests="1"') && report.contains('errors="0"') && report.contains('failures="0"')
