# .\run.ps1 demo | test | VERB ...   builds VideoMatte where something changed and hands over. --yes agrees to what must be installed.
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot; $cli = Join-Path $root 'src/VideoMatte.Cli'
$name = if ($IsLinux -or $IsMacOS) { 'videomatte' } else { 'videomatte.exe' }
$program = Join-Path $cli "bin/Release/net10.0/$name"; $stamp = Join-Path $cli 'obj/run.ps1.stamp'
$yes = @($args | Where-Object { $_ -eq '--yes' })

$sources = Get-ChildItem (Join-Path $root 'src'), (Join-Path $root 'models') -Recurse -File | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
$state = ($sources | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" }) -join "`n"
if (-not (Test-Path $program) -or -not (Test-Path $stamp) -or (Get-Content $stamp -Raw) -ne $state) {
    [Console]::Error.WriteLine('run.ps1: building ...')
    $log = dotnet restore $cli 2>&1 | Out-String
    if ($LASTEXITCODE -ne 0 -and $log -match 'npm pack' -and -not (Get-Command npm -ErrorAction SilentlyContinue)) {
        [Console]::Error.WriteLine('run.ps1: the NuGet feed has no ONNX Runtime, the build needs npm for it: winget install OpenJS.NodeJS.LTS')
        if (-not $yes -and $env:CI -ne 'true' -and ([Console]::IsInputRedirected -or (Read-Host 'Run it? [y/N]') -notlike 'y*')) { exit 2 }
        winget install OpenJS.NodeJS.LTS
    }
    $log = dotnet build $cli -c Release -v q -nologo 2>&1 | Out-String
    if ($LASTEXITCODE -ne 0) { [Console]::Error.WriteLine($log); exit 1 }
    Set-Content $stamp $state -NoNewline
}
if ($args.Count -gt 0 -and $args[0] -in 'demo', 'test') { & $program doctor --fix @yes; if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE } }
if ($args.Count -eq 0 -or $args[0] -ne 'test') { & $program @args; exit $LASTEXITCODE }
$env:DOTNET_CLI_UI_LANGUAGE = 'en'; $p = $f = $s = 0
dotnet test (Join-Path $root 'VideoMatte.sln') -c Release -m:1 --filter 'Category!=Long' 2>&1 | ForEach-Object { "$_"
    if ("$_" -match '^\w+! +- Failed: +(\d+), Passed: +(\d+), Skipped: +(\d+)') { $f += [int]$Matches[1]; $p += [int]$Matches[2]; $s += [int]$Matches[3] } }
$status = $LASTEXITCODE; "$p passed, $f failed, $s skipped"; exit $status
